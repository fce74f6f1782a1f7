-- The columns as long as the longest ciphertext: see docs/columns.md. Instances on Hibernate 5 do not mind.
alter table customer alter column email set data type varchar(1083);
alter table customer alter column discount set data type varchar(68);
alter table customer alter column newsletter set data type varchar(64);
