alter table customer alter column email set data type varchar(1083);
alter table customer alter column contract set data type varbinary(302);
alter table customer add column credit_limit_encrypted varbinary(255);
