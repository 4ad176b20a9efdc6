// A believable household from a fixed seed.
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

export function fillWithDemo(books, count) {
  const random = generator(7);
  const between = (low, high) => low + Math.floor(random() * (high - low));
  const money = (cents) => (cents / 100).toFixed(2);
  const currency = books.household.currency;
  const account = (name, kind, opening_balance, code = currency) =>
    books.addAccount({ name, kind, currency: code, opening_balance, opening_date: "2021-01-01" });
  const checking = account("Everyday account", "checking", "2450.00");
  const savings = account("Rainy day savings", "savings", "12000.00");
  const card = account("Visa Gold", "credit_card", "0");
  account("Wallet", "cash", "85.00");
  account("Travel account", "checking", "1850.00", "USD");
  const mortgage = account("Mortgage Lindenweg 4", "mortgage", "-212000.00");
  account("House, Lindenweg 4", "property", "318000.00");
  const today = new Date();
  const date = (monthsBack, day) => {
    const first = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - monthsBack, day));
    return first.toISOString().slice(0, 10);
  };
  const last = today.toISOString().slice(0, 10);
  const add = (input) => {
    if (input.date <= last) books.addTransaction({ source: "demo", type: "expense", ...input });
  };
  const id = (name) => books.category(name).id;
  const months = Math.min(60, Math.ceil(count / 40));
  for (let back = months - 1; back >= 0; back -= 1) {
    const base = { account_id: checking.id };
    add({
      ...base,
      type: "income",
      category_id: id("Salary"),
      amount: "3480.00",
      payee: "Nordwind GmbH",
      date: date(back, 1),
    });
    add({
      ...base,
      type: "income",
      category_id: id("Salary"),
      amount: "2150.00",
      payee: "Stadtbibliothek",
      date: date(back, 3),
      bank_text: "GEHALT STADTBIBLIOTHEK 0815",
    });
    add({
      ...base,
      category_id: id("Energy"),
      amount: money(between(9000, 16000)),
      payee: "Stadtwerke",
      date: date(back, 6),
    });
    add({
      ...base,
      category_id: id("Internet & phone"),
      amount: "49.90",
      payee: "Telekom",
      date: date(back, 8),
    });
    add({
      ...base,
      category_id: id("Mortgage interest"),
      amount: money(56000 - (months - back) * 110),
      payee: "Hausbank",
      date: date(back, 2),
    });
    add({
      ...base,
      type: "transfer",
      to_account_id: mortgage.id,
      amount: money(64000 + (months - back) * 110),
      date: date(back, 2),
    });
    add({
      ...base,
      type: "transfer",
      to_account_id: savings.id,
      amount: "450.00",
      note: "Monthly saving",
      date: date(back, 4),
    });
    let spent = 0;
    for (const [category, payees, low, high, times] of shops) {
      for (let time = 0; time < times; time += 1) {
        const cents = between(low, high);
        const byCard = random() > 0.45;
        if (byCard) spent += cents;
        add({
          account_id: byCard ? card.id : checking.id,
          category_id: id(category),
          amount: money(cents),
          payee: payees[between(0, payees.length)],
          bank_text: "KARTENZAHLUNG " + payees[0].toUpperCase() + " SAGT DANKE",
          date: date(back, between(1, 28)),
          tags: random() > 0.95 ? ["holiday"] : [],
          state: back === 0 && random() > 0.8 ? "pending" : "cleared",
        });
      }
    }
    add({
      ...base,
      type: "transfer",
      to_account_id: card.id,
      amount: money(spent),
      date: date(back, 27),
    });
    if (back % 4 === 1) {
      add({
        ...base,
        amount: "126.40",
        payee: "Amazon",
        date: date(back, 12),
        splits: [
          { category_id: id("Electronics"), amount: "79.90", memo: "Headphones" },
          { category_id: id("Household"), amount: "46.50", memo: "Lamp" },
        ],
      });
      add({
        ...base,
        type: "income",
        category_id: id("Clothes"),
        amount: "39.90",
        payee: "Zalando",
        note: "Refund",
        date: date(back, 17),
      });
    }
  }
  // For trying the register at its full length.
  for (let extra = books.transactions.length; extra < count; extra += 1) {
    const [category, payees, low, high] = shops[between(0, shops.length)];
    add({
      account_id: checking.id,
      category_id: id(category),
      amount: money(between(low, high)),
      payee: payees[0],
      date: date(between(0, 60), between(1, 28)),
    });
  }
  return books.transactions.length;
}
