select p.id from Patient p where p.secret like :p
select p.id from Patient p where p.secret ilike :p
select p.id from Patient p where p.name = (select max(q.secret) from Patient q)
select max(p.secret) from Patient p
select max(p.salary) from Patient p
select upper(p.secret) from Patient p
select length(p.secret) from Patient p
select function('upper', p.secret) from Patient p
select listagg(p.secret, ',') within group (order by p.id) from Patient p
select -p.salary from Patient p
update Patient set age = length(secret)
select p.secret from Patient p union all select q.name from Patient q
select p.secret from Patient p union all select q.other from Patient q
insert into Archive (id, secret) select p.id + 10, p.secret from Patient p union all select p.id + 20, p.name from Patient p
