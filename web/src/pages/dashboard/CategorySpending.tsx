import { useState } from "react";
import type { CategoryTotal, Dashboard } from "../../api/types.ts";
import { address, navigate } from "../../app/router.ts";
import { useSession } from "../../app/session.ts";
import { ChartFrame } from "../../charts/ChartFrame.tsx";
import { pixelPosition } from "../../charts/scale.ts";
import type { DateRange } from "../../dates/LocalDate.ts";
import { formatMoney, formatPercent } from "../../money/format.ts";
import { isNegative, isZero, money } from "../../money/Money.ts";
import { AmountText } from "../../ui/AmountText.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { type Segment, Segments } from "../../ui/Segments.tsx";
import { Link } from "../../ui/Link.tsx";

type Kind = "expense" | "income";

const kinds: readonly Segment<Kind>[] = [
  { value: "expense", label: "Spending" },
  { value: "income", label: "Income" },
];

/** The path of chosen categories from the root down, as far as it still exists. */
function pathTo(roots: readonly CategoryTotal[], ids: readonly string[]): CategoryTotal[] {
  const path: CategoryTotal[] = [];
  let level = roots;
  for (const id of ids) {
    const node = level.find(({ category_id }) => category_id === id);
    if (!node) break;
    path.push(node);
    level = node.children;
  }
  return path;
}

/** A category may be listed for the period before alone. */
function hasHappened({ amount, count }: CategoryTotal): boolean {
  return count > 0 || !isZero(money(amount, ""));
}

/** What stands directly in a category that also has children gets a line of its own. */
function linesOf(parent: CategoryTotal | undefined, roots: readonly CategoryTotal[]) {
  if (!parent) return roots.filter(hasHappened);
  const isOwnZero = isZero(money(parent.own_amount, ""));
  const children = parent.children.filter(hasHappened);
  if (isOwnZero || children.length === 0) return children;
  const own = { ...parent, name: `${parent.name}, no subcategory`, amount: parent.own_amount };
  return [...children, { ...own, children: [], share: "" }];
}

/** Spending by category, down through the tree and on to the transactions themselves. */
export function CategorySpending({ dashboard }: { dashboard: Dashboard }) {
  const { locale } = useSession();
  const [kind, setKind] = useState<Kind>("expense");
  const [ids, setIds] = useState<string[]>([]);
  const roots = kind === "expense" ? dashboard.spending_by_category : dashboard.income_by_category;
  const path = pathTo(roots, ids);
  const parent = path.at(-1);
  const lines = linesOf(parent, roots);
  const range = { from: dashboard.from, to: dashboard.to };
  const show = (amount: string) => formatMoney(money(amount, dashboard.currency), locale);
  const choose = (next: Kind) => {
    setKind(next);
    setIds([]);
  };
  return (
    <ChartFrame
      title="By category"
      controls={
        <Segments
          label="Which categories"
          segments={kinds}
          value={kind}
          onChange={choose}
          isSmall
        />
      }
      table={{
        columns: ["Category", "Amount", "Period before", "Share"],
        rows: lines.map(({ name, amount, previous_amount: before, share }) => [
          name,
          show(amount),
          show(before),
          share ? formatPercent(share, locale) : "",
        ]),
      }}
    >
      <Trail path={path} range={range} onUp={(depth) => setIds(ids.slice(0, depth))} />
      <ul className="category-bars">
        {lines.map((node) => (
          <CategoryBar
            key={node.name + node.category_id}
            node={node}
            largest={lines[0]?.amount ?? "0"}
            currency={dashboard.currency}
            range={range}
            onOpen={() => setIds([...path.map((p) => p.category_id), node.category_id])}
          />
        ))}
      </ul>
      {lines.length === 0 && (
        <p className="muted">Nothing {kind === "expense" ? "spent" : "received"} in this period.</p>
      )}
    </ChartFrame>
  );
}

function registerOf(categoryId: string, range: DateRange): string {
  return address("/transactions", { category_id: categoryId, ...range });
}

function Trail({
  path,
  range,
  onUp,
}: {
  path: readonly CategoryTotal[];
  range: DateRange;
  onUp: (depth: number) => void;
}) {
  const here = path.at(-1);
  if (!here) return null;
  return (
    <nav className="trail" aria-label="Category path">
      <button type="button" className="link-button" onClick={() => onUp(0)}>
        All
      </button>
      {path.map(({ category_id: id, name }, index) => (
        <span key={id}>
          <Icon name="right" size={10} />{" "}
          {index < path.length - 1 ? (
            <button type="button" className="link-button" onClick={() => onUp(index + 1)}>
              {name}
            </button>
          ) : (
            <strong>{name}</strong>
          )}
        </span>
      ))}
      <Link to={registerOf(here.category_id, range)} className="trail-link">
        Transactions
      </Link>
    </nav>
  );
}

function barPercent(amount: string, largest: string, currency: string): number {
  const value = money(amount, currency);
  if (isNegative(value)) return 0;
  return pixelPosition(value, { low: 0n, high: money(largest, currency).tenThousandths }, 100);
}

function CategoryBar({
  node,
  largest,
  currency,
  range,
  onOpen,
}: {
  node: CategoryTotal;
  largest: string;
  currency: string;
  range: DateRange;
  onOpen: () => void;
}) {
  const { locale } = useSession();
  const hasChildren = node.children.some(hasHappened);
  const open = () => (hasChildren ? onOpen() : navigate(registerOf(node.category_id, range)));
  return (
    <li>
      <button type="button" className="category-bar" onClick={open}>
        <span className="category-bar-name clip">
          {node.name}
          <Icon name={hasChildren ? "right" : "transactions"} size={11} />
        </span>
        <span className="category-bar-share muted">
          {node.share && formatPercent(node.share, locale)}
        </span>
        <AmountText amount={money(node.amount, currency)} />
        <span className="bar-track" aria-hidden="true">
          <span
            className="bar-fill"
            style={{ width: `${barPercent(node.amount, largest, currency)}%` }}
          />
        </span>
        <span className="visually-hidden">
          {hasChildren ? ", show subcategories" : ", show transactions"}
        </span>
      </button>
    </li>
  );
}
