-- name: Grids :many
select id, name, community, households
from grids
order by id collate "C";

-- name: Communities :many
select name from communities order by name;
