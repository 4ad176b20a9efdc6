// A believable household from a fixed seed.
import { addDemoGoals } from "./goals.mjs";

function generator(seed) {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
}

const shops = [
  ["Groceries", ["REWE", "Edeka", "Aldi", "Wochenmarkt"], 1200, 9800, 9],
  ["Restaurants", ["Trattoria Da Enzo", "Sushi Kumo", "Gasthaus zur Post"], 1800, 8600, 4],
  ["Coffee", ["Kaffeehaus Mitte", "Espresso Bar"], 320, 980, 7],
  ["Fuel", ["Shell", "Aral"], 4200, 8900, 2],
  ["Public transport", ["City Transit"], 290, 2900, 3],
  ["Pharmacy", ["Adler Apotheke"], 600, 4200, 1],
  ["Subscriptions", ["Netflix", "Spotify", "The Guardian"], 999, 1799, 3],
  ["Clothes", ["Uniqlo", "Zalando"], 2400, 14900, 1],
  ["Household", ["IKEA", "Bauhaus"], 900, 12900, 1],
];

function dayOf(monthsBack, day) {
  const today = new Date();
  const date = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - monthsBack, day));
  return date.toISOString().slice(0, 10);
}

const inEuros = (cents) => (cents / 100).toFixed(2);

function openAccounts(books) {
  const { currency } = books.household;
  const open = (name, kind, opening_balance, code = currency) =>
    books.addAccount({ name, kind, currency: code, opening_balance, opening_date: "2021-01-01" });
  return {
    checking: open("Everyday account", "checking", "2450.00"),
    savings: open("Rainy day savings", "savings", "12000.00"),
    card: open("Visa Gold", "credit_card", "0"),
    wallet: open("Wallet", "cash", "85.00"),
    travel: open("Travel account", "checking", "1850.00", "USD"),
    mortgage: open("Mortgage Lindenweg 4", "mortgage", "-212000.00"),
    house: open("House, Lindenweg 4", "property", "318000.00"),
  };
}

/** What comes and goes every month: salaries, bills, the mortgage, savings. */
function addFixed({ add, id, between, accounts, back, since }) {
  const { checking, savings, mortgage } = accounts;
  const line = (type, day, amount, payee, rest) =>
    add({ account_id: checking.id, type, date: dayOf(back, day), amount, payee, ...rest });
  line("income", 1, "3480.00", "Nordwind GmbH", { category_id: id("Salary") });
  line("income", 3, "2150.00", "Stadtbibliothek", { category_id: id("Salary") });
  line("expense", 6, inEuros(between(9000, 16000)), "Stadtwerke", { category_id: id("Energy") });
  line("expense", 8, "49.90", "Telekom", { category_id: id("Internet & phone") });
  const own = { category_id: id("Subscriptions") };
  line("expense", 12, back < 6 ? "12.99" : "9.99", "Streamflix", own);
  line("expense", 15, "34.00", "Boulderhalle", { category_id: id("Sport") });
  line("expense", 24, "2.99", "Cloudspace", own);
  const interest = { category_id: id("Mortgage interest") };
  line("expense", 2, inEuros(56000 - since * 110), "Hausbank", interest);
  line("transfer", 2, inEuros(64000 + since * 110), null, { to_account_id: mortgage.id });
  line("transfer", 4, "450.00", null, { to_account_id: savings.id, note: "Monthly saving" });
}

/** Shopping, some of it by card, and the card paid off before the month ends. */
function addShopping({ add, id, between, random, accounts, back }) {
  let spent = 0;
  for (const [category, payees, low, high, times] of shops) {
    for (let time = 0; time < times; time += 1) {
      const cents = between(low, high);
      const byCard = random() > 0.45;
      if (byCard) spent += cents;
      const payee = payees[between(0, payees.length)];
      add({
        account_id: byCard ? accounts.card.id : accounts.checking.id,
        category_id: id(category),
        amount: inEuros(cents),
        payee,
        bank_text: `KARTENZAHLUNG ${payee.toUpperCase()} SAGT DANKE`,
        date: dayOf(back, between(1, 28)),
        tags: random() > 0.95 ? ["holiday"] : [],
        state: back === 0 && random() > 0.8 ? "pending" : "cleared",
      });
    }
  }
  const from = { account_id: accounts.checking.id, type: "transfer", date: dayOf(back, 27) };
  add({ ...from, to_account_id: accounts.card.id, amount: inEuros(spent) });
}

/** Now and then a purchase of several kinds, and something sent back. */
function addOddities({ add, id, accounts, back }) {
  const base = { account_id: accounts.checking.id };
  const splits = [
    { category_id: id("Electronics"), amount: "79.90", memo: "Headphones" },
    { category_id: id("Household"), amount: "46.50", memo: "Lamp" },
  ];
  add({ ...base, amount: "126.40", payee: "Amazon", date: dayOf(back, 12), splits });
  const refund = { type: "income", category_id: id("Clothes"), note: "Refund" };
  add({ ...base, ...refund, amount: "39.90", payee: "Zalando", date: dayOf(back, 17) });
}

export function fillWithDemo(books, count) {
  const random = generator(7);
  const between = (low, high) => low + Math.floor(random() * (high - low));
  const accounts = openAccounts(books);
  const last = new Date().toISOString().slice(0, 10);
  const id = (name) => books.category(name).id;
  const add = (input) => {
    if (input.date <= last) books.addTransaction({ source: "demo", type: "expense", ...input });
  };
  const months = Math.min(60, Math.ceil(count / 40));
  for (let back = months - 1; back >= 0; back -= 1) {
    const month = { add, id, between, random, accounts, back, since: months - back };
    addFixed(month);
    addShopping(month);
    if (back % 4 === 1) addOddities(month);
  }
  // For trying the register at its full length.
  for (let extra = books.transactions.length; extra < count; extra += 1) {
    const [category, [payee], low, high] = shops[between(0, shops.length)];
    const date = dayOf(between(0, 60), between(1, 28));
    const amount = inEuros(between(low, high));
    add({ account_id: accounts.checking.id, category_id: id(category), amount, payee, date });
  }
  addDemoGoals(books, accounts);
  return books.transactions.length;
}
