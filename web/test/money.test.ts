import { assert, test } from "./harness.mjs";
import {
  formatMoney,
  formatPerMille,
  formatPlain,
  formatRounded,
  formatSmall,
} from "../src/money/format.ts";
import { add, changePerMille, compare, decimal, money, negate, sum } from "../src/money/Money.ts";
import { isProblem, parseAmount } from "../src/money/parse.ts";

const eur = (text: string) => money(text, "EUR");

test("a decimal string comes back as it was", () => {
  for (const text of ["0.00", "12.30", "-12.30", "922337203685477.5807", "-0.01"]) {
    assert.equal(decimal(eur(text)), text);
  }
});

test("a whole amount is written with the digits asked for", () => {
  assert.equal(decimal(money("500", "JPY"), 0), "500");
  assert.equal(decimal(money("1.5", "KWD"), 3), "1.500");
});

test("what is not a decimal is refused", () => {
  for (const text of ["", "1e3", "NaN", "1.23456", "1,5", ".5", "0x10", " 1"]) {
    assert.throws(() => eur(text), TypeError, text);
  }
});

test("a thousand tenths are exactly a hundred, which floats miss", () => {
  const tenths = Array.from({ length: 1000 }, () => eur("0.10"));
  assert.equal(decimal(sum(tenths, "EUR")), "100.00");
});

test("currencies do not mix", () => {
  assert.throws(() => add(eur("1"), money("1", "USD")), TypeError);
});

test("order and sign", () => {
  assert.equal(compare(eur("-1"), eur("1")), -1);
  assert.equal(compare(eur("1.0"), eur("1")), 0);
  assert.equal(decimal(negate(eur("-0.05"))), "0.05");
});

test("a change is rounded half away from zero and means nothing against zero", () => {
  assert.equal(changePerMille(eur("150"), eur("100")), 500n);
  assert.equal(changePerMille(eur("100"), eur("150")), -333n);
  assert.equal(changePerMille(eur("-50"), eur("-100")), 500n);
  assert.equal(changePerMille(eur("5"), eur("0")), null);
});

test("amounts are written as the locale writes them, to the last digit", () => {
  const large = eur("-900719925474099.9876");
  assert.equal(formatPlain(large, "en-GB"), "−900,719,925,474,099.9876");
  assert.equal(formatPlain(eur("1234.5"), "de-DE"), "1.234,50");
  assert.equal(formatMoney(eur("-1234.5"), "en-GB"), "−€1,234.50");
  assert.equal(formatMoney(eur("-0.5"), "de-DE").replace(/\s/g, " "), "−0,50 €");
  assert.equal(formatMoney(money("1500", "JPY"), "en-US"), "¥1,500");
  assert.equal(formatMoney(money("1.5", "KWD"), "en-US").replace(/\s/g, " "), "KWD 1.500");
});

test("a sign can be asked for or left out, and zero has none", () => {
  assert.equal(formatPlain(eur("5"), "en", "always"), "+5.00");
  assert.equal(formatPlain(eur("0"), "en", "always"), "0.00");
  assert.equal(formatPlain(eur("-5"), "en", "never"), "5.00");
});

test("rounded figures never show a negative zero", () => {
  assert.equal(formatRounded(eur("-0.2"), "en-US"), "€0");
  assert.equal(formatRounded(eur("-1234.5"), "en-US"), "−€1,235");
});

test("percentages of tenths", () => {
  assert.equal(formatPerMille(125n, "en"), "+12.5%");
  assert.equal(formatPerMille(-5n, "de-DE"), "−0,5%");
  assert.equal(formatPerMille(0n, "en"), "0.0%");
});

const readings: [typed: string, locale: string, expected: string][] = [
  ["12.50", "en-GB", "12.50"],
  ["12,50", "en-GB", "12.50"],
  ["12,5", "de-DE", "12.50"],
  ["1.234,50", "de-DE", "1234.50"],
  ["1,234.50", "en-GB", "1234.50"],
  ["1,234", "en-GB", "1234.00"],
  ["1.234", "de-DE", "1234.00"],
  ["1,234,567", "en-GB", "1234567.00"],
  ["1 234,50", "fr-FR", "1234.50"],
  ["1'234.50", "de-CH", "1234.50"],
  [".5", "en-GB", "0.50"],
  ["5.", "en-GB", "5.00"],
  ["−5", "en-GB", "-5.00"],
  ["10+2.50", "en-GB", "12.50"],
  ["10-2,5", "de-DE", "7.50"],
  ["0.1+0.2", "en-GB", "0.30"],
];

for (const [typed, locale, expected] of readings) {
  test(`"${typed}" in ${locale} is ${expected}`, () => {
    const result = parseAmount(typed, "EUR", locale);

    assert.ok(!isProblem(result));
    assert.equal(decimal(result), expected);
  });
}

for (const typed of ["", "abc", "1e5", "1.2.3,4", "12,345.678", "--5", "1 €", "1.2345,6"]) {
  test(`"${typed}" is refused with a reason`, () => {
    assert.ok(isProblem(parseAmount(typed, "EUR", "en-GB")));
  });
}

test("more decimals than the currency has are refused", () => {
  assert.deepEqual(parseAmount("1.5", "JPY", "en"), { problem: "JPY has no decimals" });
  assert.deepEqual(parseAmount("1.2345", "EUR", "en"), { problem: "EUR has at most 2 decimals" });
  assert.ok(!isProblem(parseAmount("1.500", "KWD", "en")));
});

test("a small cell has room for some digits only", () => {
  assert.equal(formatSmall(eur("-1234.50"), "en-GB"), "−1,235");
  assert.equal(formatSmall(eur("12345.00"), "en-US"), "12.3K");
  assert.equal(formatSmall(eur("12345.00"), "en-US", "auto", 7), "12,345");
  assert.equal(formatSmall(eur("0.40"), "en-GB", "always"), "0");
  assert.equal(formatSmall(eur("40.00"), "en-GB", "always"), "+40");
});
