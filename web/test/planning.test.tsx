// The window must exist before React looks for it, so this import stays the first.
import { act, closeWindow, window } from "./dom.mjs";
import { after, assert, beforeEach, test } from "./harness.mjs";
import { type ReactElement, useState } from "react";
import { createRoot, type Root } from "react-dom/client";
import type { BudgetPeriod, Household, Task, User } from "../src/api/types.ts";
import { SessionContext, signedIn } from "../src/app/session.ts";
import { money } from "../src/money/Money.ts";
import { AmountCell } from "../src/pages/budget/AmountCell.tsx";
import { FillDialog } from "../src/pages/budget/FillDialog.tsx";
import { GroupDialog } from "../src/pages/budget/GroupDialog.tsx";
import { onGridKeyDown } from "../src/pages/budget/gridKeys.ts";
import { MoveDialog } from "../src/pages/budget/MoveDialog.tsx";
import { PaidBill } from "../src/pages/register/PaidBill.tsx";
import { TaskBulkBar } from "../src/pages/tasks/TaskBulkBar.tsx";
import { draftOf, patchOf } from "../src/pages/tasks/TaskEditor.tsx";

const user = { name: "Ada", locale: "en-GB", time_zone: "UTC" } as User;
const household = { currency: "EUR", role: "owner", week_start: "monday" } as Household;
let root: Root | undefined;

// jsdom has no modal dialogs.
Object.assign(window.HTMLElement.prototype, { showModal: () => {}, close: () => {} });

function show(element: ReactElement): HTMLElement {
  const place = document.getElementById("root");
  assert.ok(place);
  root = createRoot(place);
  act(() =>
    root?.render(
      <SessionContext.Provider value={signedIn(user, household)}>
        {element}
      </SessionContext.Provider>,
    ),
  );
  return place;
}

/** Answers by the address, and keeps what was sent. */
function serve(answer: (path: string, body: unknown) => unknown): [string, unknown][] {
  const sent: [string, unknown][] = [];
  globalThis.fetch = async (target, init) => {
    const path = String(target).replace(/^.*\/api\/v1/, "");
    const body: unknown = init?.body ? JSON.parse(String(init.body)) : null;
    sent.push([path, body]);
    return new Response(JSON.stringify(answer(path, body)), { status: 200 });
  };
  return sent;
}

const settled = (milliseconds = 0) =>
  act(async () => {
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
  });

function find<T extends HTMLElement>(selector: string): T {
  const element = document.querySelector<T>(selector);
  assert.ok(element, selector);
  return element;
}

function box(label: string): HTMLInputElement {
  return find<HTMLInputElement>(`[aria-label="${label}"]`);
}

function write(element: HTMLInputElement | HTMLSelectElement, text: string, name: string): void {
  const kind = element.tagName === "SELECT" ? window.HTMLSelectElement : window.HTMLInputElement;
  const { set } = Object.getOwnPropertyDescriptor(kind.prototype, "value") ?? {};
  act(() => {
    set?.call(element, text);
    element.dispatchEvent(new window.Event(name, { bubbles: true }));
  });
}

const type = (element: HTMLInputElement, text: string) => write(element, text, "input");
const choose = (element: HTMLSelectElement, value: string) => write(element, value, "change");

function press(key: string, shiftKey = false): void {
  const options = { key, shiftKey, bubbles: true, cancelable: true };
  act(() => {
    document.activeElement?.dispatchEvent(new window.KeyboardEvent("keydown", options));
  });
}

function button(text: string): HTMLButtonElement {
  const found = [...document.querySelectorAll("button")].find((item) =>
    item.textContent?.includes(text),
  );
  assert.ok(found, text);
  return found;
}

beforeEach(() => act(() => root?.unmount()));
after(() => {
  act(() => root?.unmount());
  closeWindow();
});

/** A column of amounts, each with a button beside it. */
function Column({ first, onCommit }: { first: string[]; onCommit: (text: string) => boolean }) {
  const [amounts, setAmounts] = useState(first);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <table onKeyDown={onGridKeyDown}>
      <caption>
        <button type="button" onClick={() => setAmounts(["11.00"])}>
          Read again
        </button>
      </caption>
      <tbody>
        {amounts.map((amount, index) => (
          <tr key={index}>
            <td>
              <AmountCell
                label={`cell ${index}`}
                amount={money(amount, "EUR")}
                source={amounts}
                isLocked={false}
                onCommit={async (text) => onCommit(text)}
              />
            </td>
            <td>
              <button type="button" data-column="left" aria-label={`move ${index}`} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const focused = () => document.activeElement?.getAttribute("aria-label");

test("keys go up, down and aside, and what was typed is written on leaving", async () => {
  const written: string[] = [];
  const commit = (text: string) => written.push(text) > 0;
  show(<Column first={["10.00", "20.00", "30.00"]} onCommit={commit} />);

  act(() => box("cell 0").focus());
  type(box("cell 0"), "12,5");
  press("Enter");
  assert.equal(focused(), "cell 1");
  press("ArrowDown");
  assert.equal(focused(), "cell 2");
  press("Enter", true);
  assert.equal(focused(), "cell 1");
  press("ArrowRight");
  assert.equal(focused(), "move 1");
  press("ArrowUp");
  assert.equal(focused(), "move 0");
  press("ArrowLeft");
  assert.equal(focused(), "cell 0");
  await settled();

  assert.deepEqual(written, ["12.50"]);
  assert.equal(box("cell 0").value, "12.50");
});

test("while something is typed the arrows aside stay in the box", () => {
  show(<Column first={["10.00"]} onCommit={() => true} />);
  const cell = box("cell 0");
  act(() => cell.focus());
  type(cell, "123");
  cell.setSelectionRange(3, 3);

  press("ArrowRight");

  assert.equal(focused(), "cell 0");
});

test("at the end of the column what was typed is written all the same", async () => {
  const written: string[] = [];
  show(<Column first={["10.00"]} onCommit={(text) => written.push(text) > 0} />);
  act(() => box("cell 0").focus());
  type(box("cell 0"), "7");

  press("Enter");
  await settled();

  assert.deepEqual(written, ["7.00"]);
});

test("Escape takes back, and nothing is written", async () => {
  const written: string[] = [];
  show(<Column first={["10.00"]} onCommit={(text) => written.push(text) > 0} />);
  act(() => box("cell 0").focus());
  type(box("cell 0"), "99");

  press("Escape");
  assert.equal(box("cell 0").value, "10.00");
  act(() => box("cell 0").blur());
  await settled();

  assert.deepEqual(written, []);
});

test("a sum adds to what was just written, though the page is not read anew yet", async () => {
  const written: string[] = [];
  show(<Column first={["10.00"]} onCommit={(text) => written.push(text) > 0} />);
  const cell = box("cell 0");

  for (const text of ["300", "+50"]) {
    act(() => cell.focus());
    type(cell, text);
    act(() => cell.blur());
    await settled();
  }

  assert.deepEqual(written, ["300.00", "350.00"]);
});

test("a new reading does not wipe what is being typed", () => {
  show(<Column first={["10.00"]} onCommit={() => true} />);
  act(() => box("cell 0").focus());
  type(box("cell 0"), "+5");

  act(() => button("Read again").click());

  assert.equal(box("cell 0").value, "+5");
});

test("what the server refuses, or is no amount, leaves the old number", async () => {
  show(<Column first={["10.00"]} onCommit={() => false} />);
  const cell = box("cell 0");
  for (const text of ["20", "lots"]) {
    act(() => cell.focus());
    type(cell, text);
    act(() => cell.blur());
    await settled();
    assert.equal(cell.value, "10.00");
  }
});

const line = (id: string, available: string) => ({
  category_id: id,
  name: id,
  parent_id: null,
  is_income: false,
  budget: { priority: 1, group: null, position: 0 },
  limit: { limit: "0", spent: "0", remaining: "0", progress: null, missing_rates: [] },
  envelope: { available, activity: "0" },
});
const period = {
  name: "2026-11",
  currency: "EUR",
  view: "envelope",
  totals: { ready: "100.00" },
  lines: [line("food", "-30.00"), line("fun", "20.00")],
  cards: [],
} as unknown as BudgetPeriod;

test("covering is one click on where it comes from", async () => {
  const sent = serve(() => ({ data: [] }));
  let isClosed = false;
  const place = show(<MoveDialog period={period} id="food" onClose={() => (isClosed = true)} />);

  assert.match(place.textContent ?? "", /€30\.00 is missing/);
  act(() => button("fun").click());
  await settled();

  assert.deepEqual(sent[0], ["/budgets/2026-11/cover", { category_id: "food", from_id: "fun" }]);
  assert.equal(isClosed, true);
});

test("what is ready goes to an overspent envelope as far as it lacks, without typing", async () => {
  const sent = serve(() => ({ data: [] }));
  show(<MoveDialog period={period} id={null} onClose={() => {}} />);

  act(() => button("food").click());
  await settled();

  const move = { from_id: null, to_id: "food", amount: "30.00" };
  assert.deepEqual(sent[0], ["/budgets/2026-11/move", move]);
});

test("a fill is shown for what is chosen, and made as it was shown", async () => {
  const row = (id: string) => ({
    category_id: id,
    name: id,
    is_new: false,
    before: "0.00",
    after: "25.00",
    asked: "25.00",
    short: "0.00",
    rule: "fixed",
    periods: null,
    times: null,
  });
  const sent = serve((path, body) => {
    const ids = (body as { category_ids?: string[] } | null)?.category_ids ?? ["food", "fun"];
    const fill = { rows: ids.map(row), given: "25.00", ready_after: "75.00", short: "0.00" };
    return { data: path.endsWith("/fill") ? fill : [] };
  });
  const place = show(<FillDialog period={period} view="envelope" way="fixed" onClose={() => {}} />);
  type(find<HTMLInputElement>("input[inputmode=decimal]"), "25");
  await settled(300);
  assert.match(place.textContent ?? "", /Choose what it is for/);
  assert.equal(button("Fill").disabled, true);

  act(() => find<HTMLInputElement>("#fill-fun").click());
  await settled(300);
  assert.match(place.textContent ?? "", /Adds €25\.00; €75\.00 stays ready to assign/);
  act(() => button("Fill").click());
  await settled();

  const rule = { rule: "fixed", amount: "25.00" };
  const made = sent.filter(([path, body]) => path.endsWith("fill") && !("preview" in Object(body)));
  assert.deepEqual(made, [["/budgets/2026-11/fill", { rule, category_ids: ["fun"] }]]);
});

test("several tasks get what is picked for all of them", () => {
  serve(() => ({ data: [] }));
  const patches: unknown[] = [];
  const chosen = [{ id: "a" }, { id: "b" }] as Task[];
  const place = show(
    <TaskBulkBar
      chosen={chosen}
      isBusy={false}
      onPatch={(patch) => patches.push(patch)}
      onDelete={() => {}}
      onAll={() => {}}
      onNone={() => {}}
    />,
  );
  assert.match(place.textContent ?? "", /2 chosen/);

  const select = (name: string) => {
    const found = [...document.querySelectorAll("label")].find(({ textContent: text }) =>
      text?.startsWith(name),
    );
    return document.getElementById(found?.htmlFor ?? "") as HTMLSelectElement;
  };
  choose(select("Priority"), "high");
  choose(select("Due"), "none");
  type(find<HTMLInputElement>(".bulk-tag input"), "#home, bills");
  act(() => {
    find("form.bulk-tag").dispatchEvent(
      new window.Event("submit", { bubbles: true, cancelable: true }),
    );
  });

  const tags = { add_tags: ["home", "bills"] };
  assert.deepEqual(patches, [{ priority: "high" }, { due_on: null }, tags]);
});

test("a task's link is sent with its kind, and only when it is another", () => {
  const task = { title: "Task", tags: [], link_kind: "account", link_id: "1" } as unknown as Task;
  const draft = draftOf(task);

  assert.deepEqual(patchOf(draft, task), {});
  assert.deepEqual(patchOf({ ...draft, link_id: "2" }, task), {
    link_kind: "account",
    link_id: "2",
  });
  assert.deepEqual(patchOf({ ...draft, link_kind: "", link_id: "" }, task), {
    link_kind: null,
    link_id: null,
  });
});

for (const [kind, words] of [
  ["matched", "Pays"],
  ["posted", "Booked for"],
] as const) {
  test(`a transaction that is ${kind} leads to its bill`, async () => {
    const bill = { bill_id: "b1", bill_name: "Rent", nominal_on: "2026-11-20", kind };
    serve(() => ({ data: { id: kind, bill } }));
    const place = show(<PaidBill id={kind} />);
    await settled();

    assert.equal(place.textContent, `${words} Rent, 20 Nov 2026`);
    assert.equal(find("a").getAttribute("href"), "/bills?bill=b1&day=2026-11-20");
  });
}

test("a transaction that pays nothing says nothing of bills", async () => {
  serve(() => ({ data: { id: "t2", bill: null } }));
  const place = show(<PaidBill id="t2" />);
  await settled();

  assert.equal(place.textContent, "");
});

test("a group is put into another order by keys, and each budget says its new place", async () => {
  const member = (id: string, position: number) => ({
    ...line(id, "0.00"),
    budget: { category_id: id, name: id, group: "Daily", position, version: 1 },
  });
  const lines = [member("food", 4), member("fun", 2), member("bus", 9)];
  const sent = serve(() => ({ data: {} }));
  let isClosed = false;
  const group = { ...period, lines } as unknown as BudgetPeriod;
  const place = show(<GroupDialog period={group} name="Daily" onClose={() => (isClosed = true)} />);
  const names = () => [...place.querySelectorAll(".list-main")].map((one) => one.textContent);
  const key = (name: string, pressed: string) =>
    act(() => {
      const grip = find(`[aria-label^="Move ${name}:"]`);
      grip.dispatchEvent(new window.KeyboardEvent("keydown", { key: pressed, bubbles: true }));
    });
  assert.deepEqual(names(), ["fun", "food", "bus"]);

  key("fun", "ArrowDown");
  key("bus", "Home");
  assert.deepEqual(names(), ["bus", "food", "fun"]);
  act(() => button("Save").click());
  await settled();

  assert.deepEqual(
    sent.filter(([path]) => path.startsWith("/budgets/categories")),
    [
      ["/budgets/categories/bus", { group: "Daily", position: 2 }],
      ["/budgets/categories/fun", { group: "Daily", position: 9 }],
    ],
  );
  assert.equal(isClosed, true);
});
