import { assert, test } from "./harness.mjs";
import { APIError } from "../src/api/APIError.ts";
import type { ServerEvent } from "../src/live/EventReader.ts";
import { LiveStream, type LiveStatus, silentMilliseconds } from "../src/live/LiveStream.ts";

const settle = () => new Promise((done) => setTimeout(done, 0));

/** A clock that goes only when told, with what is to be done at which time. */
function clock() {
  let now = 0;
  let jobs: { at: number; work: () => void }[] = [];
  const after = (milliseconds: number, work: () => void) => {
    const job = { at: now + milliseconds, work };
    jobs.push(job);
    return () => void (jobs = jobs.filter((other) => other !== job));
  };
  const pass = async (milliseconds: number) => {
    const end = now + milliseconds;
    for (;;) {
      const [next] = jobs.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (!next) break;
      jobs = jobs.filter((other) => other !== next);
      now = next.at;
      next.work();
      await settle();
    }
    now = end;
  };
  return { now: () => now, after, pass, pending: () => jobs.map(({ at }) => at - now) };
}

/** A server whose streams the test writes to, and which it may tell to refuse. */
function stage(random = 1) {
  const time = clock();
  const opened: { write: (text: string) => Promise<void>; end: () => Promise<void> }[] = [];
  const events: ServerEvent[] = [];
  const statuses: LiveStatus[] = [];
  let refusal: unknown = null;
  let asked = 0;
  let open = 0;
  const stream = new LiveStream({
    open: async (signal) => {
      asked += 1;
      if (refusal) throw refusal;
      let writer: ReadableStreamDefaultController<Uint8Array>;
      const body = new ReadableStream<Uint8Array>({
        start: (controller) => void (writer = controller),
        cancel: () => void (open -= 1),
      });
      open += 1;
      signal.addEventListener("abort", () => {});
      opened.push({
        write: async (text) => {
          writer.enqueue(new TextEncoder().encode(text));
          await settle();
        },
        end: async () => {
          writer.close();
          open -= 1;
          await settle();
        },
      });
      return new Response(body);
    },
    onEvent: (event) => events.push(event),
    onStatus: (status) => statuses.push(status),
    random: () => random,
    now: time.now,
    after: time.after,
  });
  const last = () => {
    const server = opened.at(-1);
    assert.ok(server, "no stream was opened");
    return server;
  };
  return {
    stream,
    time,
    events,
    statuses,
    last,
    refuse: (error: unknown) => void (refusal = error),
    asked: () => asked,
    open: () => open,
    start: async () => {
      stream.start();
      await settle();
    },
  };
}

test("events are told in their order, and a stream that is there is not opened again", async () => {
  const { stream, last, events, asked, statuses, start } = stage();
  await start();
  await last().write('retry: 3000\n\nevent: version\ndata: {"version":1}\n\n: beat\n\neve');
  await last().write('nt: notice\ndata: {"unread":3}\n\n');
  stream.start();

  assert.deepEqual(events, [
    { type: "version", data: '{"version":1}' },
    { type: "notice", data: '{"unread":3}' },
  ]);
  assert.equal(asked(), 1);
  assert.deepEqual(statuses, ["live"]);
});

test("a cut is followed by ever longer waits, up to a minute, each its share of chance", async () => {
  const { last, time, start, refuse, asked } = stage(1);
  await start();
  await last().end();
  refuse(new APIError(502, "http.502", "no"));
  const waits: (number | undefined)[] = [];
  for (let turn = 0; turn < 7; turn += 1) {
    const [wait] = time.pending();
    waits.push(wait);
    await time.pass(wait ?? 0);
  }
  assert.deepEqual(waits, [3_000, 6_000, 12_000, 24_000, 48_000, 60_000, 60_000]);
  assert.equal(asked(), 8);

  const lucky = stage(0);
  await lucky.start();
  await lucky.last().end();
  assert.deepEqual(lucky.time.pending(), [1_500]);
});

test("the server says how long to wait, in the stream or in its refusal", async () => {
  const { last, time, start, refuse, statuses } = stage();
  await start();
  await last().write("retry: 500\n\n");
  await last().end();
  assert.deepEqual(time.pending(), [500]);
  refuse(new APIError(429, "stream.too_many", "no", null, 30));
  await time.pass(500);
  assert.deepEqual(time.pending(), [30_000]);
  assert.equal(statuses.at(-1), "waiting");
});

test("a stream that lived for a while was no failure: the next wait is a short one again", async () => {
  const { last, time, start, refuse } = stage();
  refuse(new APIError(503, "server.stopping", "no"));
  await start();
  await time.pass(3_000);
  refuse(null);
  await time.pass(6_000);
  await time.pass(20_000);
  await last().end();
  assert.deepEqual(time.pending(), [3_000]);
});

test("silence is the end: whoever beats no more has gone", async () => {
  const { last, time, start, asked, open } = stage();
  await start();
  await time.pass(silentMilliseconds - 1);
  await last().write(": beat\n\n");
  await time.pass(silentMilliseconds - 1);
  assert.equal(asked(), 1);
  await time.pass(2);
  assert.equal(open(), 0);
  await time.pass(3_000);
  assert.equal(asked(), 2);
});

test("nobody answers: offline, until somebody does", async () => {
  const { last, time, start, refuse, statuses, stream } = stage();
  await start();
  refuse(new APIError(0, "network.unreachable", "no"));
  await last().end();
  await time.pass(3_000);
  assert.deepEqual(statuses, ["live", "waiting", "offline"]);
  refuse(null);
  stream.tryNow();
  await settle();
  assert.equal(statuses.at(-1), "live");
  assert.deepEqual(time.pending(), [silentMilliseconds]);
});

test("an end that was foreseen is followed at once, but never in a circle", async () => {
  const { last, time, start, asked, events } = stage();
  await start();
  await time.pass(20_000);
  await last().write('event: end\ndata: {"reason":"membership_changed"}\n\n');
  assert.equal(asked(), 2);
  assert.deepEqual(events, [{ type: "membership_changed", data: "" }]);
  await last().write('event: end\ndata: {"reason":"token_expired"}\n\n');
  assert.equal(asked(), 3);
  await last().write('event: end\ndata: {"reason":"token_expired"}\n\n');
  assert.equal(asked(), 3);
  assert.equal(time.pending().length, 1);
});

for (const reason of ["server_stopping", "session_ended", "too_slow"]) {
  test(`${reason}: the next stream waits its turn`, async () => {
    const { last, time, start, asked } = stage();
    await start();
    await time.pass(20_000);
    await last().write(`event: end\ndata: {"reason":"${reason}"}\n\n`);
    assert.equal(asked(), 1);
    assert.deepEqual(time.pending(), [3_000]);
  });
}

test("a new token opens one new stream and closes the old one", async () => {
  const { stream, start, asked, open, last } = stage();
  stream.renew("a");
  assert.equal(asked(), 0);
  await start();
  stream.renew("a");
  assert.equal(asked(), 1);
  const old = last();
  stream.renew("b");
  await settle();
  assert.equal(asked(), 2);
  assert.equal(open(), 1);
  assert.notEqual(last(), old);
});

test("stopped, nothing is open, nothing is asked, and nothing more is told", async () => {
  const { stream, start, time, last, open, events, asked, statuses } = stage();
  await start();
  await last().write("data: 1\n\n");
  stream.stop();
  await settle();
  assert.equal(open(), 0);
  await time.pass(600_000);
  assert.equal(asked(), 1);
  assert.equal(events.length, 1);
  assert.deepEqual(statuses, ["live", "paused"]);
  assert.deepEqual(time.pending(), []);
});

test("an answer that nobody waits for any more is closed", async () => {
  const { stream, open, statuses } = stage();
  stream.start();
  stream.stop();
  await settle();
  assert.equal(open(), 0);
  assert.deepEqual(statuses, ["paused"]);
});

test("an event that cannot be read ends the stream like any other fault", async () => {
  const { start, last, time, statuses } = stage();
  await start();
  await last().write(`data: ${"x".repeat(70_000)}`);
  assert.equal(statuses.at(-1), "waiting");
  assert.deepEqual(time.pending(), [3_000]);
});
