-- The names of persons of concern are sealed (store/seal). The key is not known
-- here, so names from before are not kept: they come back, sealed, with the next
-- import of 对象. Until then they are empty; nothing that is counted needs them.

-- +goose Up
alter table persons_of_concern alter column name type bytea using '';

-- +goose Down
alter table persons_of_concern alter column name type text using '';
