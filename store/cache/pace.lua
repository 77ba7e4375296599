-- Takes a place for one message, unless a window is full.
-- KEYS: the moments of all messages; of those to the receiver; the pause; the replicas; since when all this is known
-- ARGV: the replica, then pairs of a window's size and its length in ms: the receiver's, and those of all messages
-- Returns how many ms to wait (0 = taken), how many replicas there are, and for how many ms all this is known.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local moment = string.format('%.0f', now)
local memory = 120000

redis.call('ZADD', KEYS[4], moment, ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[4], '-inf', string.format('%.0f', now - memory))
redis.call('PEXPIRE', KEYS[4], memory)
redis.call('SETNX', KEYS[5], moment)
redis.call('PEXPIRE', KEYS[5], memory)

local wait = math.max(0, redis.call('PTTL', KEYS[3]))
local largest = {0, 0}
for i = 2, #ARGV, 2 do
	local list = i == 2 and 2 or 1
	local size, length = tonumber(ARGV[i]), tonumber(ARGV[i + 1])
	largest[list] = math.max(largest[list], size)
	-- Newest first: if this one is as young as the window, so are all before it.
	local last = redis.call('LINDEX', KEYS[list], size - 1)
	if last then
		wait = math.max(wait, math.min(tonumber(last), now) + length - now) -- a clock that went back blocks nobody
	end
end

if wait == 0 then
	for list = 1, 2 do
		redis.call('LPUSH', KEYS[list], moment)
		redis.call('LTRIM', KEYS[list], 0, 2 * largest[list]) -- more urgent messages may have larger windows
		redis.call('PEXPIRE', KEYS[list], memory)
	end
end
return {wait, redis.call('ZCARD', KEYS[4]), now - tonumber(redis.call('GET', KEYS[5]))}
