import { balanceLines, courseOf } from "../src/pages/debts/CourseSection.tsx";
import {
  differenceWords,
  durationWords,
  isSameAmount,
  parsePercent,
  ranked,
  rateWords,
} from "../src/pages/debts/debtWords.ts";
import { readTerms } from "../src/pages/debts/TermsDialog.tsx";
import { readExtra, wishOf } from "../src/pages/debts/useWish.ts";
import { money } from "../src/money/Money.ts";
import { assert, test } from "./harness.mjs";
import type { Debt, DebtCourse, DebtPlan } from "../src/api/types.ts";

const locale = "en-GB";

function debt(id: string, owed: string, rate: string | null): Debt {
  const terms = rate === null ? null : { yearly_rate: rate };
  return { account_id: id, name: id, owed, currency: "EUR", terms } as Debt;
}

const debts = [
  debt("loan", "9800.00", "4.99"),
  debt("card", "2300.00", "19.9"),
  debt("house", "171587.00", "2.1"),
  debt("new", "50.00", null),
];
const ids = (list: readonly Debt[]) => list.map(({ account_id: id }) => id).join(" ");

test("debts stand in the order in which they are paid off", () => {
  assert.equal(ids(ranked(debts, "avalanche", [])), "card loan house");
  assert.equal(ids(ranked(debts, "snowball", [])), "card loan house");
  assert.equal(ids(ranked(debts, "own", ["house", "loan"])), "house loan card");
});

test("rates are compared as numbers, not as text", () => {
  const two = [debt("low", "1.00", "9.5"), debt("high", "1.00", "10")];
  assert.equal(ids(ranked(two, "avalanche", [])), "high low");
});

test("the smallest is the smallest in one currency", () => {
  const yen = { ...debt("yen", "90000.00", "1"), currency: "JPY" };
  const plan = { debts: [{ account_id: "yen", owed: "550.00" }] } as DebtPlan;
  assert.equal(ids(ranked([debts[1] ?? yen, yen], "snowball", [], plan)), "yen card");
});

for (const [months, words] of [
  [0, "0 months"],
  [1, "1 month"],
  [12, "1 year"],
  [30, "2 years 6 months"],
] as const) {
  test(`${months} months are ${words}`, () => {
    assert.equal(durationWords(months), words);
  });
}

for (const [text, expected] of [
  ["4.99", "4.99"],
  ["4,99 %", "4.99"],
  ["0", "0"],
  ["1000", "1000"],
] as const) {
  test(`"${text}" is a rate of ${expected}`, () => {
    assert.equal(parsePercent(text, 1000), expected);
  });
}

for (const text of ["", "1000.01", "4.12345", "four", "-1", "1.000,5"]) {
  test(`"${text}" is no rate`, () => {
    assert.equal(typeof parsePercent(text, 1000), "object");
  });
}

test("a rate is written as the reader writes numbers", () => {
  assert.equal(rateWords("4.99", "de-DE"), "4,99%");
  assert.equal(rateWords("19.90", "en-GB"), "19.9%");
  assert.equal(rateWords("2.00", "en-GB"), "2%");
  assert.equal(rateWords("100", "en-GB"), "100%");
});

test("terms are read whole, or everything that is wrong is told", () => {
  const card = { rate: "19,9", kind: "share" as const, amount: "", share: "2" };
  assert.deepEqual(readTerms(card, "EUR", locale), {
    body: {
      yearly_rate: "19.9",
      minimum_kind: "share",
      minimum_amount: "0.00",
      minimum_share: "2",
    },
  });
  const wrong = readTerms({ rate: "", kind: "fixed", amount: "", share: "" }, "EUR", locale);
  assert.ok("problems" in wrong);
  assert.deepEqual(Object.keys(wrong.problems).sort(), ["minimum_amount", "yearly_rate"]);
});

test("a fixed payment sends no share", () => {
  const read = readTerms({ rate: "5", kind: "fixed", amount: "250", share: "9" }, "EUR", locale);
  assert.ok("body" in read);
  assert.equal("minimum_share" in read.body, false);
});

test("no extra payment is none, and a negative one is refused", () => {
  assert.equal(readExtra("", "EUR", locale), "0.00");
  assert.equal(readExtra("1,250.50", "EUR", locale), "1250.50");
  assert.equal(typeof readExtra("-5", "EUR", locale), "object");
});

test("the own list holds every debt with terms, put in order or not", () => {
  const settings = {
    strategy: "avalanche" as const,
    extra_amount: "0.00",
    currency: "EUR",
    order: ["house"],
    version: 1,
    updated_at: null,
  };
  assert.deepEqual(wishOf(settings, debts, locale), {
    strategy: "avalanche",
    extra: "",
    order: ["house", "card", "loan"],
  });
});

const course = (months: number, interest: string, end: DebtCourse["end"] = "free"): DebtCourse => ({
  end,
  month: null,
  months,
  interest,
  stuck: [],
});

test("a trial is compared with the plan that is kept", () => {
  const base = course(30, "1200.00");
  const words = (other: DebtCourse) => differenceWords(other, base, "EUR", locale);
  assert.equal(words(course(27, "1080.00")), "3 months sooner and €120.00 less interest");
  assert.equal(words(course(43, "1300.00")), "1 year 1 month later and €100.00 more interest");
  assert.equal(words(course(30, "1199.00")), "€1.00 less interest");
  assert.equal(words(course(30, "1200.00")), "the same time and interest");
  assert.equal(words(course(1200, "9.00", "never")), null);
});

test("amounts are the same however they are written", () => {
  assert.equal(isSameAmount("50", "50.00"), true);
  assert.equal(isSameAmount("50.01", "50.00"), false);
});

const row = { interest: "1.00", payment: "50.00", principal: "49.00" };
const plan = {
  currency: "EUR",
  owed: "100.00",
  debts: [
    { account_id: "card", name: "Card", owed: "100.00", rows: [] },
  ] as unknown as DebtPlan["debts"],
  months: [
    { ...row, month: "2026-12", balance: "51.00", minimums_balance: "80.00" },
    { ...row, month: "2027-01", balance: "0.00", minimums_balance: null },
  ],
} as DebtPlan;

test("the picture begins with what is owed now and compares with the minimums", () => {
  const { months, lines } = balanceLines({ plan, course: courseOf(plan, "all") });
  assert.deepEqual(months, [null, "2026-12", "2027-01"]);
  const amounts = (texts: (string | null)[]) => texts.map((text) => text && money(text, "EUR"));
  assert.deepEqual(
    lines.map(({ name, amounts: own }) => [name, own]),
    [
      ["Minimums alone", amounts(["100.00", "80.00", null])],
      ["This plan", amounts(["100.00", "51.00", "0.00"])],
    ],
  );
});

test("one debt alone has nothing to compare, and one that is gone gives way to all", () => {
  const one = courseOf(plan, "card");
  assert.equal(one.name, "Card");
  assert.equal(balanceLines({ plan, course: one }).lines.length, 1);
  assert.equal(courseOf(plan, "gone").name, "All debts");
});
