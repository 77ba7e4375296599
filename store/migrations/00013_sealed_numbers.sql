-- The numbers of 对象 and 隐患场所 and the notes of 走访 and 认定 are sealed with a
-- key of the database's own, which is kept here, itself sealed (store/seal). The
-- program makes it the first time, and seals what is there.

-- +goose Up
create table data_keys (
    singleton bool primary key default true check (singleton),
    key       bytea not null
);
alter table persons_of_concern alter constraint persons_of_concern_number_is_place_fkey deferrable;
alter table hazard_sites alter constraint hazard_sites_number_is_place_fkey deferrable;

-- +goose Down
alter table hazard_sites alter constraint hazard_sites_number_is_place_fkey not deferrable;
alter table persons_of_concern alter constraint persons_of_concern_number_is_place_fkey not deferrable;
drop table data_keys; -- what it sealed stays sealed for good
