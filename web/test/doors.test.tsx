// The window must exist before React looks for it, so this import stays the first.
import { act, closeWindow, window } from "./dom.mjs";
import { after, assert, beforeEach, test } from "./harness.mjs";
import type { ReactElement } from "react";
import { createRoot, type Root } from "react-dom/client";
import type { HalfLogin, HouseholdCard, TrailEntry } from "../src/api/people.ts";
import type { Household, User } from "../src/api/types.ts";
import { SessionContext, signedIn } from "../src/app/session.ts";
import { SecondFactorStep } from "../src/pages/auth/SecondFactorStep.tsx";
import { BackupCodes } from "../src/pages/settings/BackupCodesDialog.tsx";
import { HouseholdsCard } from "../src/pages/settings/HouseholdsCard.tsx";
import { Prose } from "../src/pages/legal/Prose.tsx";
import { TrailItem } from "../src/pages/trail/TrailItem.tsx";
import { Tabs } from "../src/ui/Tabs.tsx";

const user = { name: "Ada", email: "ada@example.org", locale: "en-GB", time_zone: "UTC" } as User;
const household = { currency: "EUR", role: "owner" } as Household;
let root: Root | undefined;

function show(element: ReactElement, session = signedIn(user, household)): HTMLElement {
  const place = document.getElementById("root");
  assert.ok(place);
  act(() => root?.unmount());
  root = createRoot(place);
  act(() =>
    root?.render(<SessionContext.Provider value={session}>{element}</SessionContext.Provider>),
  );
  return place;
}

function button(place: HTMLElement, text: string): HTMLButtonElement {
  const found = [...place.querySelectorAll("button")].find((item) => item.textContent === text);
  assert.ok(found, text);
  return found;
}

function answerAll(status: number, body: unknown): unknown[] {
  const sent: unknown[] = [];
  globalThis.fetch = async (_, init) => {
    sent.push(JSON.parse(String(init?.body)));
    return new Response(JSON.stringify(body), { status });
  };
  return sent;
}

function type(place: HTMLElement, text: string): void {
  const input = place.querySelector("input");
  assert.ok(input);
  const { set } = Object.getOwnPropertyDescriptor(window.HTMLInputElement.prototype, "value") ?? {};
  act(() => {
    set?.call(input, text);
    input.dispatchEvent(new window.Event("input", { bubbles: true }));
  });
}

async function submit(place: HTMLElement): Promise<void> {
  act(() => {
    place
      .querySelector("form")
      ?.dispatchEvent(new window.Event("submit", { bubbles: true, cancelable: true }));
  });
  await new Promise((done) => setTimeout(done, 5));
}

const half: HalfLogin = { token: "t", methods: ["totp", "backup_code"], expires_in: 300 };

beforeEach(() => act(() => root?.unmount()));
after(() => {
  act(() => root?.unmount());
  closeWindow();
});

test("the code is sent without its blanks, with the half login it belongs to", async () => {
  const sent = answerAll(401, { error: { code: "auth.invalid_code", message: "Not right." } });
  const place = show(<SecondFactorStep half={half} onEnd={() => {}} />);

  type(place, " 123 456 ");
  await submit(place);

  assert.deepEqual(sent, [{ token: "t", code: "123456" }]);
});

test("a backup code is asked for where the app is not at hand", async () => {
  const sent = answerAll(401, { error: { code: "auth.invalid_code", message: "Not right." } });
  const place = show(<SecondFactorStep half={half} onEnd={() => {}} />);

  act(() => button(place, "Use a backup code").click());
  type(place, "abcde-fghij");
  await submit(place);

  assert.deepEqual(sent, [{ token: "t", backup_code: "abcde-fghij" }]);
});

test("an attempt that is over goes back to the password, and says why", async () => {
  answerAll(401, { error: { code: "auth.attempt_over", message: "Too many wrong codes." } });
  const reasons: (string | null)[] = [];
  const place = show(<SecondFactorStep half={half} onEnd={(reason) => reasons.push(reason)} />);

  type(place, "000000");
  await submit(place);

  assert.deepEqual(reasons, ["Too many wrong codes."]);
});

test("a device without passkeys is not offered one", () => {
  const place = show(
    <SecondFactorStep half={{ ...half, methods: ["totp", "passkey"] }} onEnd={() => {}} />,
  );

  assert.ok(!place.textContent?.includes("passkey"));
});

test("backup codes are listed, each once, with whose they are for the printer", () => {
  const codes = Array.from({ length: 10 }, (_, index) => `code-${index}`);
  const place = show(<BackupCodes codes={codes} onDone={() => {}} />);

  const shown = [...place.querySelectorAll(".backup-codes code")].map((code) => code.textContent);
  assert.deepEqual(shown, codes);
  assert.ok(place.querySelector(".print-only")?.textContent?.includes("ada@example.org"));
});

const entry: TrailEntry = {
  id: "7",
  at: "2026-11-21T17:03:00Z",
  actor: "person",
  actor_id: "p",
  actor_name: "Ada",
  action: "update",
  entity: "account",
  entity_id: "a",
  summary: "Changed the account “Cash”",
  before: { name: "Cash", currency: "EUR" },
  after: { name: "Purse", currency: "EUR" },
  change_count: 0,
  request_id: "r",
  address: "192.0.2.7",
  device: "curl/8.5.0",
  outcome: "success",
  can_undo: true,
  undoes: null,
  undone_by: null,
};

test("an entry tells who, what, when and from where, and what changed on demand", () => {
  const place = show(<TrailItem entry={entry} />);
  const text = place.textContent ?? "";
  for (const part of ["17:03", "Changed the account “Cash”", "Ada", "curl", "192.0.2.7"]) {
    assert.ok(text.includes(part), part);
  }
  assert.equal(place.querySelector("table"), null);

  act(() => button(place, "Details").click());

  const cells = [...place.querySelectorAll("tbody tr > *")].map((cell) => cell.textContent);
  assert.deepEqual(cells, ["name", "Cash", "Purse"]);
});

test("a household that lets somebody look is offered, with when it ends", () => {
  const own = { ...household, id: "h1", name: "Own", is_default: true } as HouseholdCard;
  const other = { ...own, id: "h2", name: "Ann's", role: "viewer", is_default: false } as Household;
  const grants = [{ household: other, expires_at: "2026-11-21T17:03:00Z" }];
  const place = show(<HouseholdsCard />, signedIn(user, own, [own], [], grants));

  const lines = [...place.querySelectorAll(".line")].map((line) => line.textContent ?? "");
  assert.equal(lines.length, 2);
  assert.ok(lines[1]?.includes("Ann's") && lines[1]?.includes("Lets you look until"));
  assert.ok(lines[1]?.includes("17:03"));
  assert.ok(!lines[1]?.includes("Open first"));
});

test("what was refused and what was taken back says so in words", () => {
  const place = show(<TrailItem entry={{ ...entry, outcome: "refused", undone_by: "9" }} />);

  assert.ok(place.textContent?.includes("refused"));
  assert.ok(place.textContent?.includes("Taken back"));
});

test("markup in a legal page is text", () => {
  const place = show(<Prose text={"<script>alert(1)</script>\n\n# <b>Bold</b>"} />);

  assert.equal(place.querySelector("script"), null);
  assert.equal(place.querySelector("b"), null);
  assert.ok(place.textContent?.includes("<script>alert(1)</script>"));
});

test("the tab in use is told to those who cannot see it", () => {
  const tabs = [
    { to: "/a", label: "A" },
    { to: "/b", label: "B" },
  ];
  const place = show(<Tabs label="Parts" tabs={tabs} current="/b" />);

  const current = place.querySelectorAll('[aria-current="page"]');
  assert.equal(current.length, 1);
  assert.equal(current[0]?.textContent, "B");
});
