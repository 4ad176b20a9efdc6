import type { Overcommitment } from "../../api/goals.ts";
import { useGoalSummary } from "../../data/goals.ts";
import { money } from "../../money/Money.ts";
import { AmountText } from "../../ui/AmountText.tsx";
import { Icon } from "../../ui/Icon.tsx";

/** Said before it is done all the same. */
export function OvercommitNote({ refusal }: { refusal: Overcommitment }) {
  const { value: summary } = useGoalSummary();
  const { account_id: id, currency } = refusal;
  const name = summary?.accounts.find((account) => account.account_id === id)?.name;
  return (
    <div className="note note-warning" role="alert">
      <Icon name="warning" />
      <div>
        {name ?? "The account"} holds <AmountText amount={money(refusal.balance, currency)} />, and{" "}
        <AmountText amount={money(refusal.earmarked, currency)} /> of it would be set aside:{" "}
        <AmountText amount={money(refusal.over_by, currency)} /> more than there is.
      </div>
    </div>
  );
}
