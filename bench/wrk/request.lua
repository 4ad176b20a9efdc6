-- One kind of request over many people: wrk -s request.lua URL -- PEOPLE METHOD PATH [BODY]
--
-- PEOPLE is a file of lines "token account"; each request takes the next one. PATH is an address, or @ and a
-- file of addresses that are asked for in turn. BODY may name
-- $ACCOUNT, and $AMOUNT, which differs from request to request. Prints one line: RESULT requests
-- microseconds p50 p99 failures, where failures counts broken connections and statuses from 400.

local people, paths, method, body = {}, {}, "GET", nil
local turn = 0

function init(arguments)
    for line in io.lines(arguments[1]) do
        local token, account = line:match("^(%S+) (%S+)$")
        people[#people + 1] = { token = token, account = account }
    end
    local path
    method, path, body = arguments[2], arguments[3], arguments[4]
    if path:sub(1, 1) == "@" then
        for line in io.lines(path:sub(2)) do paths[#paths + 1] = line end
    else
        paths[1] = path
    end
    -- Threads begin at different people and places.
    turn = math.random(0, #people * #paths)
end

function request()
    turn = turn + 1
    local person = people[turn % #people + 1]
    local path = paths[turn % #paths + 1]
    local headers = { ["Authorization"] = "Bearer " .. person.token }
    if not body then
        return wrk.format(method, path, headers)
    end
    headers["Content-Type"] = "application/json"
    local amount = string.format("%d.%02d", turn % 400 + 1, turn % 100)
    local filled = body:gsub("$ACCOUNT", person.account):gsub("$AMOUNT", amount)
    return wrk.format(method, path, headers, filled)
end

function done(summary, latency)
    local errors = summary.errors
    local failures = errors.connect + errors.read + errors.write + errors.timeout + errors.status
    print(string.format("RESULT %d %d %d %d %d", summary.requests, summary.duration,
        latency:percentile(50), latency:percentile(99), failures))
end
