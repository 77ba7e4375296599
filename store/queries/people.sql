-- name: People :many
select mobile, name, role, grids, communities, open_id, on_duty, import_id
from people
order by mobile;

-- name: PersonByMobile :one
select mobile, name, role, grids, communities, open_id, on_duty, import_id
from people
where mobile = $1;

-- name: Unbind :exec
update people set open_id = null
where open_id = @open_id and mobile <> @except_mobile;

-- name: Bind :execrows
update people set open_id = @open_id
where mobile = @mobile;
