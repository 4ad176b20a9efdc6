import { assert, test } from "./harness.mjs";
import { APIError, messageOf } from "../src/api/APIError.ts";
import { Client, isDeclined, queryString } from "../src/api/Client.ts";
import type { Session } from "../src/api/types.ts";

type Sent = { path: string; method: string; headers: Record<string, string>; body: unknown };

/** A server of one function, which also keeps what it was sent. */
function server(answer: (sent: Sent) => Response | Promise<Response>) {
  const sent: Sent[] = [];
  const fetch = async (input: unknown, init: RequestInit = {}) => {
    const request: Sent = {
      path: String(input).replace("/api/v1", ""),
      method: init.method ?? "GET",
      headers: init.headers as Record<string, string>,
      body: typeof init.body === "string" ? JSON.parse(init.body) : init.body,
    };
    sent.push(request);
    return answer(request);
  };
  return { sent, fetch: fetch as typeof globalThis.fetch };
}

const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers });
const session = (token: string): Session =>
  ({ access_token: token, user: {}, household: {} }) as unknown as Session;
const refusal = (status: number, code: string, details: unknown = null) =>
  json({ error: { code, message: `refused: ${code}`, details } }, status);

function countingKeys(): () => string {
  let keys = 0;
  return () => `key ${(keys += 1)}`;
}

for (const count of [5, 50]) {
  test(`${count} requests that meet a 401 at once make one refresh and are all sent again`, () =>
    meetAtOnce(count));
}

async function meetAtOnce(count: number): Promise<void> {
  const { sent, fetch } = server(async ({ path, headers }) => {
    await new Promise((done) => setTimeout(done, 1));
    if (path === "/auth/refresh") return json({ data: session("new") });
    if (headers["Authorization"] === "Bearer old") return refusal(401, "auth.expired");
    return json({ data: path });
  });
  const client = new Client({ fetch });
  client.begin(session("old"));

  const paths = Array.from({ length: count }, (_, index) => `/things/${index}`);
  const answers = await Promise.all(paths.map((path) => client.get<string>(path)));

  assert.deepEqual(answers, paths);
  assert.equal(sent.filter(({ path }) => path === "/auth/refresh").length, 1);
  assert.equal(sent.length, 2 * count + 1);
}

test("a request that was under way during a refresh is sent again without another", async () => {
  let release = () => {};
  const slow = new Promise<void>((done) => (release = done));
  const { sent, fetch } = server(async ({ path, headers }) => {
    if (path === "/auth/refresh") return json({ data: session("new") });
    const isOld = headers["Authorization"] === "Bearer old";
    if (path === "/slow" && isOld) await slow;
    return isOld ? refusal(401, "auth.expired") : json({ data: path });
  });
  const client = new Client({ fetch });
  client.begin(session("old"));

  const late = client.get<string>("/slow");
  await client.get("/fast");
  release();

  assert.equal(await late, "/slow");
  assert.equal(sent.filter(({ path }) => path === "/auth/refresh").length, 1);
});

test("a refused refresh signs out once, however many were waiting", async () => {
  let signedOut = 0;
  const { fetch } = server(({ path }) =>
    path === "/auth/refresh" ? refusal(401, "auth.session_ended") : refusal(401, "auth.expired"),
  );
  const client = new Client({ fetch, onSignedOut: () => (signedOut += 1) });
  client.begin(session("old"));

  const results = await Promise.allSettled([client.get("/a"), client.get("/b"), client.get("/c")]);

  assert.ok(results.every(({ status }) => status === "rejected"));
  assert.equal(signedOut, 1);
  assert.equal(client.isSignedIn, false);
});

test("a server that is down during a refresh does not sign out", async () => {
  let signedOut = 0;
  const { fetch } = server(({ path }) => {
    if (path === "/auth/refresh") throw new TypeError("network");
    return refusal(401, "auth.expired");
  });
  const client = new Client({ fetch, onSignedOut: () => (signedOut += 1) });
  client.begin(session("old"));

  await assert.rejects(client.get("/a"), { code: "network.unreachable", status: 0 });

  assert.equal(signedOut, 0);
  assert.equal(client.isSignedIn, true);
});

test("a second 401 after a refresh is the answer, not a reason to go on", async () => {
  const { sent, fetch } = server(({ path }) =>
    path === "/auth/refresh" ? json({ data: session("new") }) : refusal(401, "auth.expired"),
  );
  const client = new Client({ fetch });
  client.begin(session("old"));

  await assert.rejects(client.get("/a"), { status: 401 });

  assert.equal(sent.length, 3);
});

test("every POST has a key of its own, and its repetition the same one", async () => {
  const { sent, fetch } = server(({ path, headers }) => {
    if (path === "/auth/refresh") return json({ data: session("new") });
    if (headers["Authorization"] === "Bearer old") return refusal(401, "auth.expired");
    return json({ data: null }, 201);
  });
  const client = new Client({ fetch, newKey: countingKeys() });
  client.begin(session("old"));

  await client.post("/transactions", { amount: "1.00" });
  await client.post("/transactions", { amount: "1.00" });

  const keys = sent
    .filter(({ path }) => path === "/transactions")
    .map(({ headers }) => headers["Idempotency-Key"]);
  assert.equal(keys.length, 3);
  assert.equal(keys[0], keys[1]);
  assert.notEqual(keys[1], keys[2]);
});

test("a write whose answer was lost is repeated with its key, and only until answered", async () => {
  let isDown = true;
  const { sent, fetch } = server(() => {
    if (isDown) throw new TypeError("network");
    return json({ data: null }, 201);
  });
  const client = new Client({ fetch, newKey: countingKeys() });
  const add = () => client.post("/transactions", { amount: "1.00" });

  await assert.rejects(add(), { code: "network.unreachable" });
  isDown = false;
  await add();
  await add();

  const keys = sent.map(({ headers }) => headers["Idempotency-Key"]);
  assert.equal(keys[0], keys[1]);
  assert.notEqual(keys[1], keys[2]);
});

/** Refuses what asks for proof until someone proved who they are. */
function guarded() {
  let isProven = false;
  const made = server(({ path }) => {
    if (path === "/auth/prove") isProven = true;
    const mayPass = isProven || path === "/auth/prove";
    return mayPass ? json({ data: path }) : refusal(403, "auth.proof_required");
  });
  return made;
}

test("five requests that ask for proof at once ask the person once, then all go on", async () => {
  const { sent, fetch } = guarded();
  let questions = 0;
  const client: Client = new Client({
    fetch,
    newKey: countingKeys(),
    onProofRequired: async () => {
      questions += 1;
      await client.post("/auth/prove", { password: "right" });
      return true;
    },
  });
  client.begin(session("token"));

  const paths = Array.from({ length: 5 }, (_, index) => `/tokens/${index}`);
  const answers = await Promise.all(paths.map((path) => client.post<string>(path)));

  assert.deepEqual(answers, paths);
  assert.equal(questions, 1);
  const keys = sent.filter(({ path }) => path === "/tokens/3").map(({ headers }) => headers);
  assert.equal(keys.length, 2);
  assert.equal(keys[0]?.["Idempotency-Key"], keys[1]?.["Idempotency-Key"]);
});

test("a person who declines to prove themselves is told nothing went wrong", async () => {
  const { sent, fetch } = guarded();
  const client = new Client({ fetch, onProofRequired: async () => false });
  client.begin(session("token"));

  const error = await client.delete("/tokens/1").catch((reason: unknown) => reason);

  assert.ok(isDeclined(error));
  assert.equal(sent.length, 1);
});

test("a permission that is missing for good asks for no proof", async () => {
  const { fetch } = server(() => refusal(403, "auth.not_permitted"));
  let questions = 0;
  const client = new Client({
    fetch,
    onProofRequired: async () => {
      questions += 1;
      return true;
    },
  });
  client.begin(session("token"));

  await assert.rejects(client.get("/admin/users"), { code: "auth.not_permitted" });

  assert.equal(questions, 0);
});

test("a wrong password of someone signed in is tried once and refreshes nothing", async () => {
  const { sent, fetch } = server(() => refusal(401, "auth.invalid_credentials"));
  const client = new Client({ fetch });
  client.begin(session("token"));

  await assert.rejects(client.post("/auth/prove", { password: "wrong" }), {
    code: "auth.invalid_credentials",
  });

  assert.equal(sent.length, 1);
  assert.equal(client.isSignedIn, true);
});

test("what needs a second factor first is said to whoever listens", async () => {
  const { fetch } = server(() => refusal(403, "auth.second_factor_required"));
  let told = 0;
  const client = new Client({ fetch, onFactorRequired: () => (told += 1) });
  client.begin(session("token"));

  await assert.rejects(client.get("/accounts"), { status: 403 });

  assert.equal(told, 1);
});

test("requests name the household in view, and none before anyone is signed in", async () => {
  const { sent, fetch } = server(() => json({ data: null }));
  const client = new Client({ fetch });
  client.household = "h2";

  await client.get("/auth/methods");
  client.begin(session("token"));
  await client.get("/accounts");
  client.household = null;
  await client.get("/accounts");

  assert.deepEqual(
    sent.map(({ headers }) => headers["Martlet-Household"]),
    [undefined, "h2", undefined],
  );
});

test("who must wait is told how long", () => {
  const message = (status: number, text: string, seconds: number | null) =>
    messageOf(new APIError(status, "code", text, null, seconds));

  assert.equal(message(423, "Locked", 840), "Locked. Try again in 14 minutes.");
  assert.equal(message(429, "Too many requests.", 1), "Too many requests. Try again in 1 second.");
  assert.equal(message(503, "Busy", 7_000), "Busy. Try again in 2 hours.");
  assert.equal(message(423, "Try again in 14 min.", 840), "Try again in 14 min.");
  assert.equal(message(503, "Busy", null), "Busy");
  assert.equal(message(404, "Gone", 20), "Gone");
});

test("the refresh waits for its turn among the browser's tabs", async () => {
  const turns: string[] = [];
  const { fetch } = server(({ path }) => {
    turns.push(path);
    return json({ data: session("new") });
  });
  const exclusively = async <T>(work: () => Promise<T>): Promise<T> => {
    turns.push("begin");
    const result = await work();
    turns.push("end");
    return result;
  };

  await new Client({ fetch, exclusively }).refresh();

  assert.deepEqual(turns, ["begin", "/auth/refresh", "end"]);
});

test("the browser says what it is, and a wrong password is no reason to refresh", async () => {
  const { sent, fetch } = server(() => refusal(401, "auth.invalid_credentials"));
  const client = new Client({ fetch });

  await assert.rejects(client.post("/auth/login", {}), { code: "auth.invalid_credentials" });

  assert.equal(sent.length, 1);
  assert.equal(sent[0]?.headers["Martlet-Client"], "browser");
  assert.equal(sent[0]?.headers["Authorization"], undefined);
});

test("changes carry the version the person saw", async () => {
  const { sent, fetch } = server(({ method }) =>
    method === "DELETE" ? new Response(null, { status: 204 }) : json({ data: {} }),
  );
  const client = new Client({ fetch });

  await client.patch("/accounts/1", { name: "x" }, 7);
  await client.delete("/accounts/1", 8);

  assert.deepEqual(
    sent.map(({ headers }) => headers["If-Match"]),
    ['"7"', '"8"'],
  );
  assert.equal(sent[1]?.body, undefined);
});

test("a file goes as a form, whose content type the browser writes", async () => {
  const { sent, fetch } = server(() => json({ data: {} }, 201));
  const client = new Client({ fetch });
  const form = new FormData();
  form.append("file", new Blob(["a;b"]), "a.csv");

  await client.post("/imports", form, { account_id: undefined });

  assert.equal(sent[0]?.headers["Content-Type"], undefined);
  assert.ok(sent[0]?.body instanceof FormData);
  assert.equal(sent[0]?.path, "/imports");
});

test("wrong fields are known by name, and read out together", async () => {
  const fields = [
    { field: "amount", code: "too_precise", message: "EUR has 2 decimals" },
    { field: "to_account_id", code: "required", message: "is required" },
  ];
  const { fetch } = server(() => refusal(422, "validation.failed", { fields }));

  const error = await new Client({ fetch }).get("/a").catch((reason: unknown) => reason);

  assert.ok(error instanceof APIError);
  assert.deepEqual(error.fields, { amount: "EUR has 2 decimals", to_account_id: "is required" });
  assert.equal(messageOf(error), "EUR has 2 decimals. to account is required");
});

test("an answer that is not JSON still tells its status", async () => {
  const { fetch } = server(
    () => new Response("<h1>Bad gateway</h1>", { status: 502, headers: { "Retry-After": "3" } }),
  );

  await assert.rejects(new Client({ fetch }).get("/a"), {
    status: 502,
    code: "http.502",
    retryAfterSeconds: 3,
  });
});

test("an answer may be done with its status", async () => {
  const statuses = [204, 202];
  const { fetch } = server(() => new Response(null, { status: statuses.pop() }));
  const client = new Client({ fetch });

  assert.equal(await client.post("/auth/request-password-reset"), null);
  assert.equal(await client.post("/auth/verify-email"), null);
});

test("a query leaves out what is not set and escapes the rest", () => {
  assert.equal(
    queryString({ q: "a&b ü", page: 2, tag: "", from: null, to: undefined }),
    "?q=a%26b+%C3%BC&page=2",
  );
  assert.equal(queryString({}), "");
  assert.equal(queryString({ include_deleted: false }), "?include_deleted=false");
});
