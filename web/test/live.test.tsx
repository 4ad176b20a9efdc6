// The window must exist before React looks for it, so this import stays the first.
import { act, closeWindow, window } from "./dom.mjs";
import { after, assert, beforeEach, test } from "./harness.mjs";
import type { ReactElement } from "react";
import { createRoot, type Root } from "react-dom/client";
import { api } from "../src/api/api.ts";
import type { Session } from "../src/api/types.ts";
import { forgetNotices, useNotices } from "../src/data/notices.ts";
import { forgetData, useResource } from "../src/data/resource.ts";
import { useLive, useOfflineSince } from "../src/live/useLive.ts";
import { useFreshData } from "../src/live/freshData.ts";

const settle = () => act(() => new Promise<void>((done) => realTimeout(done, 5)));
const realTimeout = globalThis.setTimeout;
const realClear = globalThis.clearTimeout;

/** Timers that run when the test says so. */
let timers: { at: number; work: () => void }[] = [];
let now = 0;

async function pass(milliseconds: number): Promise<void> {
  now += milliseconds;
  for (;;) {
    const [due] = timers.filter(({ at }) => at <= now);
    if (!due) return settle();
    timers = timers.filter((timer) => timer !== due);
    act(() => due.work());
    await settle();
  }
}

/** What the stand-in for the server was asked, and the line on which it tells. */
let asked: string[] = [];
let tell: (text: string) => void = () => {};
let isOpen = false;
let isReachable = true;
let reads = 0;

const session = (token: string) =>
  ({ access_token: token, expires_in: 900, user: {}, household: {} }) as unknown as Session;

function answer(path: string, init: RequestInit = {}): Response {
  const { headers } = init as { headers: Record<string, string> };
  asked.push(`${path} ${headers["Authorization"] ?? ""}`.trim());
  if (!isReachable) throw new TypeError("Failed to fetch");
  if (path.endsWith("/auth/refresh")) {
    return new Response(JSON.stringify({ data: session("second") }));
  }
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      isOpen = true;
      tell = (text) => controller.enqueue(new TextEncoder().encode(text));
    },
    cancel: () => void (isOpen = false),
  });
  return new Response(body);
}

function Told() {
  const { unread, arrived } = useNotices();
  const since = useOfflineSince();
  const { value } = useResource("reads", async () => (reads += 1));
  return (
    <p>
      {`${unread} unread, ${arrived} new, read ${value}`}
      {since && ", offline"}
    </p>
  );
}

function Tab({ token }: { token: string }) {
  useLive(live[token] ?? session(token));
  useFreshData({ id: "home", version: 7 });
  return <Told />;
}

const live: Record<string, Session> = { first: session("first"), second: session("second") };
let root: Root | undefined;
const show = (element: ReactElement) => act(() => root?.render(element));
const text = () => document.getElementById("root")?.textContent ?? "";
const streams = () => asked.filter((path) => path.includes("/events"));

function see(state: "visible" | "hidden"): void {
  Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
  act(() => void document.dispatchEvent(new window.Event("visibilitychange")));
}

function leave(): void {
  act(() => root?.unmount());
  forgetNotices();
  forgetData();
  globalThis.setTimeout = realTimeout;
  globalThis.clearTimeout = realClear;
}

beforeEach(async () => {
  leave();
  [timers, asked, now, isReachable, reads] = [[], [], 0, true, 0];
  globalThis.setTimeout = ((work: () => void, milliseconds = 0) => {
    const timer = { at: now + milliseconds, work };
    timers.push(timer);
    return timer;
  }) as unknown as typeof setTimeout;
  globalThis.clearTimeout = ((timer: (typeof timers)[number]) => {
    timers = timers.filter((other) => other !== timer);
  }) as unknown as typeof clearTimeout;
  globalThis.fetch = async (path, init) => answer(String(path), init);
  see("visible");
  api.begin(session("first"));
  root = createRoot(document.getElementById("root") as HTMLElement);
  show(<Tab token="first" />);
  await settle();
});
after(() => {
  leave();
  closeWindow();
});

test("the stream is asked for with the token in a header, and the count is the server's", async () => {
  assert.deepEqual(streams(), ["/api/v1/events Bearer first"]);
  tell('event: notice\ndata: {"unread":3}\n\n');
  await settle();
  assert.equal(text(), "3 unread, 0 new, read 1");
  tell('event: notice\ndata: {"unread":5}\n\nevent: notice\ndata: {"unread":4}\n\n');
  await settle();
  assert.equal(text(), "4 unread, 2 new, read 1");
});

test("what others change is read anew, once for several changes, and only in the household in view", async () => {
  tell('event: version\ndata: {"household_id":"home","version":7}\n\n');
  tell('event: version\ndata: {"household_id":"elsewhere","version":8}\n\n');
  await settle();
  await pass(400);
  assert.match(text(), /read 1$/);
  tell('event: version\ndata: {"household_id":"home","version":8}\n\n');
  tell('event: version\ndata: {"household_id":"home","version":9}\n\n');
  await settle();
  await pass(400);
  assert.match(text(), /read 2$/);
});

test("who sees less or more than before reads anew at once", async () => {
  tell('event: end\ndata: {"reason":"membership_changed"}\n\n');
  await settle();
  await pass(400);
  assert.match(text(), /read 2$/);
});

test("whoever is editing is let finish", async () => {
  const dialog = document.body.appendChild(document.createElement("dialog"));
  dialog.setAttribute("open", "");
  tell('event: version\ndata: {"household_id":"home","version":8}\n\n');
  await settle();
  for (let turn = 0; turn < 5; turn += 1) await pass(1_000);
  assert.match(text(), /read 1$/);
  dialog.remove();
  await pass(1_000);
  assert.match(text(), /read 2$/);
});

test("a tab that nobody looks at gives its line back after a while, and takes it up when seen", async () => {
  see("hidden");
  await pass(29_000);
  assert.ok(isOpen);
  tell(": beat\n\n");
  await settle();
  see("visible");
  see("hidden");
  await pass(29_000);
  assert.ok(isOpen);
  await pass(1_000);
  assert.ok(!isOpen);
  await pass(600_000);
  assert.equal(streams().length, 1);
  see("visible");
  await settle();
  assert.ok(isOpen);
  assert.equal(streams().length, 2);
});

test("the token is renewed before it ends, and the stream goes on with the new one", async () => {
  for (let beats = 0; beats < 42; beats += 1) {
    tell(": beat\n\n");
    await pass(20_000);
    if (now <= 800_000) assert.equal(asked.length, 1);
  }
  assert.deepEqual(asked.slice(1), ["/api/v1/auth/refresh"]);
  show(<Tab token="second" />);
  await settle();
  assert.equal(streams().at(-1), "/api/v1/events Bearer second");
  assert.equal(streams().length, 2);
});

test("without an answer it says offline, and reads all anew when there is one again", async () => {
  isReachable = false;
  act(() => void window.dispatchEvent(new window.Event("offline")));
  await settle();
  assert.match(text(), /offline$/);
  isReachable = true;
  act(() => void window.dispatchEvent(new window.Event("online")));
  await settle();
  await pass(400);
  assert.match(text(), /read 2$/);
});

test("signed out, nothing is open", async () => {
  show(<p>Bye</p>);
  await settle();
  assert.ok(!isOpen);
});
