-- reading
from Patient
select p.secret from Patient p
select p.secret, p.id from Patient p where p.secret is not null
select p.id from Patient p where p.secret is null
select p.mood, p.salary, p.smoker, p.ssn from Patient p
select p.address from Patient p
select p.id from Patient p where p.address is null
select p.id from Patient p where p.address is not null and p.address.street is not null
select new io.cipherfield.hibernate.internal.query.Model$LooseView(p.id, p.secret) from Patient p
select new io.cipherfield.hibernate.internal.query.Model$View(p.id, p.secret) from Patient p
select p.secret s, p.name from Patient p where p.name = :p
select p.ward.name, p.secret from Patient p order by p.name limit 1 offset 1
select p.id from Patient p join p.ward w where w.name = 'ward' order by p.name
select w from Ward w join fetch w.patients
select elements(w.patients) from Ward w
select p.id from Patient p where p.ward in (select w from Ward w)
select p.id from Patient p where exists (select q.secret from Patient q where q.name = p.name)
select p.id from Patient p where p.id in (:ids)
select s.pin, s.code, s.bank from Savings s where s.bank = :p
select treat(a as Savings).code from Account a
select d.body from Doc d
select count(p) from Patient p
select count(p.secret) from Patient p
select count(p.secret) over () from Patient p
select p.name, count(p.secret) from Patient p group by p.name having count(p.secret) > 0
select min(p.id) from Patient p where p.active
-- the identifier stands beside the attribute
select distinct p from Patient p
select distinct w from Ward w join fetch w.patients
select distinct p.id, p.secret from Patient p
select p from Patient p group by p
select p.id, p.secret from Patient p group by p.id, p.secret
-- ciphertext handed on as it is
select p.secret from Patient p union all select q.secret from Patient q
select p from Patient p union all select q from Patient q
select d.s from (select p.secret as s from Patient p) d
with c as (select p.id as i, p.secret as s from Patient p) select d.s from c d
-- writing by plain predicates
update Patient set name = 'x' where secret is null
update Patient set name = :p where name = :q
update Account set label = 'x' where id in (:ids)
update Car set plate = :p where label = 'x'
delete from Patient where name = :p
delete from Patient where secret is null
delete from Account where label = :p
delete from Savings where code is null
delete from Doc where title = :p
insert into Car (label, plate) values ('x', :p)
insert into Car (label, plate) select p.name, upper(p.name) from Patient p where p.id in (:ids)
select column(w.name) from Ward w
