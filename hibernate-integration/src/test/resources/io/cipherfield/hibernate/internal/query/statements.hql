-- Statements beside matrix.txt: over several attributes, entities and tables. In front stands the attribute that the error
-- must name, or "works".
-- works
-- reading
works | from Patient
works | select p.secret, p.id from Patient p where p.secret is not null
works | select p.mood, p.salary, p.smoker, p.ssn from Patient p
works | select p.address from Patient p
works | select p.id from Patient p where p.address is null
works | select p.id from Patient p where p.address is not null and p.address.street is not null
works | select new io.cipherfield.hibernate.internal.query.Model$LooseView(p.id, p.secret) from Patient p
works | select new io.cipherfield.hibernate.internal.query.Model$View(p.id, p.secret) from Patient p
works | select p.secret s, p.name from Patient p where p.name = :p
works | select p.ward.name, p.secret from Patient p order by p.name limit 1 offset 1
works | select p.id from Patient p join p.ward w where w.name = 'ward' order by p.name
works | select w from Ward w join fetch w.patients
works | select elements(w.patients) from Ward w
works | select p.id from Patient p where p.ward in (select w from Ward w)
works | select p.id from Patient p where exists (select q.secret from Patient q where q.name = p.name)
works | select p.id from Patient p where p.id in (:ids)
works | select s.pin, s.code, s.bank from Savings s where s.bank = :p
works | select treat(a as Savings).code from Account a
works | select d.body from Doc d
works | select count(p) from Patient p
works | select p.name, count(p.secret) from Patient p group by p.name having count(p.secret) > 0
works | select min(p.id) from Patient p where p.active
-- the identifier stands beside the attribute
works | select distinct w from Ward w join fetch w.patients
works | select p from Patient p group by p
-- ciphertext handed on as it is
works | select p from Patient p union all select q from Patient q
works | with c as (select p.id as i, p.secret as s from Patient p) select d.s from c d
-- writing by plain predicates
works | update Patient set name = :p where name = :q
works | update Account set label = 'x' where id in (:ids)
works | update Car set plate = :p where label = 'x'
works | delete from Patient where name = :p
works | delete from Patient where secret is null
works | delete from Account where label = :p
works | delete from Savings where code is null
works | delete from Doc where title = :p
works | insert into Car (label, plate) values ('x', :p)
works | insert into Car (label, plate) select p.name, upper(p.name) from Patient p where p.id in (:ids)
works | select column(w.name) from Ward w
-- refused
-- comparisons
Patient.secret | select p.id from Patient p where 'x' in (p.secret, p.name)
Patient.secret | select p.id from Patient p where (p.secret, p.name) = ('a', 'b')
Patient.secret | select p.id from Patient p where p.secret = p.other
Patient.secret | select p.id from Patient p where p.name = 'a' or not (p.active and p.secret = 'x')
Patient.secret | select p.id from Patient p where p.name = any (select q.secret from Patient q)
Patient.ssn | select p.ssn from Patient p where p.ssn = :p
Address.street | select p.id from Patient p where p.address = :a
Account.pin | select s from Savings s where s.pin = :p
Doc.body | select d from Doc d where d.body = :p
-- joins
Patient.secret | select p.id from Patient p join Ward w on w.name = p.secret
-- order, groups, distinct, windows, set operations
Patient.secret | select p.id, p.secret from Patient p order by p.secret nulls last
Patient.secret | select p.name, p.secret from Patient p group by p.name, p.secret
Patient.secret | select p.name from Patient p group by p.name, p.id, p.secret having p.secret = 'x'
Address.street | select distinct p.address from Patient p
-- expressions
Address.street | select concat(p.name, p.address.street) from Patient p
Patient.secret | select p.id from Patient p where coalesce(p.secret, p.other) is null
Address.street | select column(p.secret) from Patient p
Patient.secret | select d.s from (select p.secret as s from Patient p) d order by d.s
Patient.secret | with c as (select p.id as i, p.secret as s from Patient p) select d.s from c d where d.s = 'x'
-- updates
Patient.secret | update Patient set secret = other
Patient.other | update Patient set other = secret
Patient.secret | update Patient set secret = concat(:p, 'x')
Patient.secret | update Patient set secret = 'x' || 'y'
Patient.secret | update Patient set secret = cast(:p as String)
Patient.secret | update Patient set secret = case when age > 1 then :p else 'x' end
Patient.secret | update Patient set secret = (select a.secret from Archive a where a.id = 1)
Patient.secret | update Patient set secret = (select a.name from Archive a where a.id = 1)
Archive.secret | update Patient set name = (select a.secret from Archive a where a.id = 1)
Patient.secret | update Patient set name = concat(name, secret)
Address.street | update Patient p set name = column(p.secret as String)
Patient.salary | update Patient set salary = salary + 1
Patient.salary | update Patient set salary = 5 + 5
Patient.secret | update Patient set secret = :p, name = :p
Patient.secret | update Patient set name = :p, secret = :p
Patient.other | update Patient set secret = :p, other = :p
-- inserts
Archive.secret | insert into Archive (id, secret) values (5, upper(:p))
Archive.secret | insert into Archive (id, secret, name) values (5, :p, :p)
Archive.own | insert into Archive (id, own) select p.id + 10, p.secret from Patient p
Archive.own | insert into Archive (id, own) select p.id + 10, p.name from Patient p
Patient.secret | insert into Archive (id, name) select p.id + 10, p.secret from Patient p
Patient.secret | insert into Archive (id, secret) select p.id + 10, p.secret from Patient p where p.secret = 'x'
Archive.secret | insert into Archive (id, secret) values (5, :p) on conflict (id) do update set secret = excluded.name
Archive.secret | insert into Archive (id, secret) values (5, :p) on conflict (id) do update set name = excluded.secret
Archive.secret | insert into Archive (id, secret) values (5, :p) on conflict (id) do update set name = 'y' where secret = 'x'
-- several tables
Account.pin | update Account set label = pin
Account.pin | update Account set pin = label
Account.pin | update Account set label = :p, pin = :p
Account.pin | update Account set label = 'x' where pin = :p
Savings.code | update Savings set code = upper(:p)
Savings.code | update Savings set bank = code
Doc.body | update Doc set title = body
Doc.body | update Doc set body = title
Account.pin | delete from Account where pin = :p
Savings.code | insert into Savings (label, pin, code) values ('l', :p, :p)
Account.pin | insert into Savings (label, pin) values ('x', upper(:p))
Account.pin | insert into Savings (label, pin, code) select p.name, p.name, null from Patient p
Patient.secret | insert into Savings (label) select p.secret from Patient p
Account.pin | insert into Account (label, pin) select p.name, p.secret from Patient p
Patient.secret | insert into Doc (id, title, body) select p.id + 10, p.secret, :p from Patient p
Note.text | insert into Note (title, text) select p.name, p.name from Patient p
Patient.secret | insert into Note (title, text) select p.secret, :p from Patient p
Patient.secret | insert into Car (label, plate) select p.name, p.secret from Patient p
-- refused where Hibernate by itself would name no attribute
Patient.secret | select p.id from Patient p where p.name = (select max(q.secret) from Patient q)
Patient.secret | update Patient set age = length(secret)
Patient.secret | select p.secret from Patient p union all select q.name from Patient q
Patient.secret | select p.secret from Patient p union all select q.other from Patient q
Patient.secret | insert into Archive (id, secret) select p.id + 10, p.secret from Patient p union all select p.id + 20, p.name from Patient p
