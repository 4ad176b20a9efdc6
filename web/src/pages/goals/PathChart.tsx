import { goals } from "../../api/goals.ts";
import { useSession } from "../../app/session.ts";
import { ChartFrame } from "../../charts/ChartFrame.tsx";
import { ChartLegend, type ChartLine, LinesChart } from "../../charts/LineChart.tsx";
import { useResource } from "../../data/resource.ts";
import { monthWords } from "../../dates/month.ts";
import { formatMoney } from "../../money/format.ts";
import { type Money, money } from "../../money/Money.ts";
import { Loading, ProblemNote } from "../../ui/Notices.tsx";
import type { Goal, GoalPath } from "../../api/types.ts";

/** The lines of the picture; one that has no amount anywhere is left out. */
export function pathLines({ months, currency }: GoalPath): ChartLine[] {
  const of = (amount: string | null): Money | null => (amount ? money(amount, currency) : null);
  const lines: ChartLine[] = [
    { name: "Planned", look: "plan", amounts: months.map(({ planned }) => of(planned)) },
    {
      name: "As suggested",
      look: "projection",
      amounts: months.map(({ projected }) => of(projected)),
    },
    { name: "Set aside", look: "main", amounts: months.map(({ actual }) => of(actual)) },
  ];
  return lines.filter(({ amounts }) => amounts.some((amount) => amount !== null));
}

/** The way to the goal: the even path, what was done, and what is suggested from here. */
export function PathChart({ goal }: { goal: Goal }) {
  const { locale } = useSession();
  const { value: path, error } = useResource(`goal path ${goal.id}`, () => goals.path(goal.id));
  const lines = path ? pathLines(path) : [];
  const months = path?.months ?? [];
  return (
    <ChartFrame
      title="Path"
      controls={<ChartLegend lines={[...lines].reverse()} />}
      table={{
        columns: ["Month", "Planned", "Set aside", "Change", "As suggested"],
        rows: [...months]
          .reverse()
          .map(({ month, planned, actual, contributed, projected }) => [
            monthWords(month, locale, "short"),
            ...[planned, actual, contributed, projected].map((amount) =>
              amount ? formatMoney(money(amount, goal.currency), locale) : "",
            ),
          ]),
      }}
    >
      {error && !path ? <ProblemNote error={error} /> : null}
      {!path && !error ? <Loading rows={5} /> : null}
      {path && months.length === 1 && (
        <p className="muted">
          The picture begins with the second month. Set money aside, and give the goal a day to see
          its plan.
        </p>
      )}
      {path && months.length > 1 && (
        <LinesChart
          label={`Path of ${goal.name}`}
          stops={months.map(({ month }) => ({
            key: month,
            label: monthWords(month, locale),
            axisLabel: monthWords(month, locale, "short"),
          }))}
          lines={lines}
          hasZero
        />
      )}
    </ChartFrame>
  );
}
