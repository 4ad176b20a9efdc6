// The window must exist before React looks for it, so this import stays the first.
import { act, closeWindow, window } from "./dom.mjs";
import { after, assert, beforeEach, test } from "./harness.mjs";
import { type ReactElement, useState } from "react";
import { createRoot, type Root } from "react-dom/client";
import type { Dashboard, Household, Transaction, User } from "../src/api/types.ts";
import { SessionContext, signedIn } from "../src/app/session.ts";
import { money } from "../src/money/Money.ts";
import { Figures } from "../src/pages/dashboard/Figures.tsx";
import { groupByPayee } from "../src/pages/imports/PayeeCategories.tsx";
import { sumsOf } from "../src/pages/register/BulkBar.tsx";
import { AmountText } from "../src/ui/AmountText.tsx";
import { Combobox } from "../src/ui/Combobox.tsx";
import { Segments } from "../src/ui/Segments.tsx";
import { TextField } from "../src/ui/Field.tsx";

const user = { name: "Ada", locale: "en-GB", time_zone: "Europe/Berlin" } as User;
const household = { currency: "EUR", role: "owner" } as Household;
let root: Root | undefined;

function show(element: ReactElement): HTMLElement {
  const place = document.getElementById("root");
  assert.ok(place);
  act(() => root?.unmount());
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

function find<T extends HTMLElement>(selector: string): T {
  const element = document.querySelector<T>(selector);
  assert.ok(element, selector);
  return element;
}

function type(input: HTMLInputElement, text: string): void {
  const { set } = Object.getOwnPropertyDescriptor(window.HTMLInputElement.prototype, "value") ?? {};
  act(() => {
    set?.call(input, text);
    input.dispatchEvent(new window.Event("input", { bubbles: true }));
  });
}

function press(element: HTMLElement, key: string): void {
  act(() => {
    element.dispatchEvent(
      new window.KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }),
    );
  });
}

beforeEach(() => act(() => root?.unmount()));
after(() => {
  act(() => root?.unmount());
  closeWindow();
});

test("an amount writes its sign, so that colour only repeats it", () => {
  const place = show(<AmountText amount={money("-12.30", "EUR")} isTinted />);
  assert.equal(place.textContent, "−€12.30");

  const income = show(<AmountText amount={money("12.30", "EUR")} sign="always" isTinted />);
  assert.equal(income.textContent, "+€12.30");
  assert.ok(income.querySelector(".amount-in"));
});

test("a field ties its problem to the box for those who cannot see it", () => {
  show(<TextField label="Name" value="" onChange={() => {}} problem="Give it a name" />);
  const input = find<HTMLInputElement>("input");

  assert.equal(input.getAttribute("aria-invalid"), "true");
  const note = document.getElementById(input.getAttribute("aria-describedby") ?? "");
  assert.equal(note?.textContent, "Give it a name");
  assert.equal(find<HTMLLabelElement>("label").htmlFor, input.id);
});

test("a combobox is worked by keys alone", () => {
  const picked: string[] = [];
  function Fruit() {
    const [text, setText] = useState("");
    const options = ["Apple", "Apricot", "Plum"]
      .filter((name) => name.toLowerCase().includes(text.toLowerCase()))
      .map((name) => ({ value: name, label: name }));
    return (
      <Combobox
        label="Fruit"
        text={text}
        onText={setText}
        options={options}
        onPick={({ value }) => picked.push(value)}
      />
    );
  }
  show(<Fruit />);
  const input = find<HTMLInputElement>("input");

  type(input, "ap");
  assert.equal(input.getAttribute("aria-expanded"), "true");
  assert.equal(document.querySelectorAll("[role=option]").length, 2);
  press(input, "ArrowDown");
  const active = document.getElementById(input.getAttribute("aria-activedescendant") ?? "");
  assert.equal(active?.textContent, "Apricot");
  press(input, "Enter");

  assert.deepEqual(picked, ["Apricot"]);
  assert.equal(input.getAttribute("aria-expanded"), "false");
});

test("segments say which one is chosen", () => {
  const chosen: string[] = [];
  const segments = [
    { value: "week", label: "Week" },
    { value: "month", label: "Month" },
  ] as const;
  show(
    <Segments
      label="Period"
      segments={segments}
      value="month"
      onChange={(value) => chosen.push(value)}
    />,
  );

  const [week, month] = document.querySelectorAll("button");
  assert.equal(month?.getAttribute("aria-pressed"), "true");
  act(() => week?.click());
  assert.deepEqual(chosen, ["week"]);
});

test("the period's figures stand beside those of the period before", () => {
  const dashboard = {
    currency: "EUR",
    income: "2500.00",
    expenses: "262.25",
    savings: "2237.75",
    savings_rate: "89.5",
    previous: { income: "2000.00", expenses: "0.00", savings: "2000.00" },
  } as Dashboard;
  const place = show(<Figures dashboard={dashboard} />);
  const text = place.textContent ?? "";

  assert.match(text, /Income€2,500\.00\+25\.0% from €2,000\.00/);
  assert.match(text, /Expenses€262\.25nothing in the period before/);
  assert.match(text, /Savings rate89\.5%/);
});

test("rows of an import are grouped by payee, the most frequent first", () => {
  const row = (payee: string, amount: string, category_id: string) =>
    ({ payee, amount, currency: "EUR", category_id }) as Parameters<typeof groupByPayee>[0][number];
  const groups = groupByPayee([
    row("Shell", "-50.00", "fuel"),
    row("REWE", "-0.10", "food"),
    row("REWE", "-0.20", "other"),
  ]);

  assert.deepEqual(
    groups.map(({ payee, count, categoryId }) => [payee, count, categoryId]),
    [
      ["REWE", 2, null],
      ["Shell", 1, "fuel"],
    ],
  );
  assert.equal(groups[0]?.total.tenThousandths, -3000n);
});

test("chosen rows are summed for each currency apart", () => {
  const row = (signed_amount: string, currency: string) =>
    ({ signed_amount, currency }) as Transaction;

  assert.deepEqual(sumsOf([row("0.10", "EUR"), row("1", "USD"), row("0.20", "EUR")]), [
    { tenThousandths: 3000n, currency: "EUR" },
    { tenThousandths: 10_000n, currency: "USD" },
  ]);
});
