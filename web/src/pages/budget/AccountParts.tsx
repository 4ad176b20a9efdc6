import type { Account } from "../../api/types.ts";
import { CategoryPicker } from "../../ui/CategoryPicker.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { type Part, partOf } from "./settingsDraft.ts";

type AccountPartsProps = {
  accounts: readonly Account[];
  parts: ReadonlyMap<string, Part>;
  onChange: (id: string, part: Part) => void;
  problem?: string;
};

/** Whose money is given jobs; and on which category money counts that goes to an account outside. */
export function AccountParts({ accounts, parts, onChange, problem }: AccountPartsProps) {
  if (accounts.length === 0) return null;
  return (
    <fieldset className="budget-accounts">
      <legend className="field-label">Accounts whose money is in the budget</legend>
      {accounts.map((account) => (
        <AccountPart
          key={account.id}
          account={account}
          part={parts.get(account.id) ?? partOf(account)}
          onChange={(part) => onChange(account.id, part)}
        />
      ))}
      <p className={problem ? "field-problem" : "field-hint"}>
        {problem ??
          "Money that goes to an account outside counts on the category beside it, or lowers what is ready to assign."}
      </p>
    </fieldset>
  );
}

type AccountPartProps = { account: Account; part: Part; onChange: (part: Part) => void };

function AccountPart({ account, part, onChange }: AccountPartProps) {
  const { name } = account;
  const { is_budgeted: isIn, budget_category_id: categoryId } = part;
  return (
    <div className="budget-account">
      <label className="check-label">
        <input
          type="checkbox"
          checked={isIn}
          onChange={() => onChange({ ...part, is_budgeted: !isIn })}
        />
        <span className="clip">{name}</span>
      </label>
      {!isIn && (
        <span className="budget-account-category">
          <CategoryPicker
            label={`Money to ${name} counts on`}
            placeholder="Counts on no category"
            value={categoryId}
            onChange={(id) => onChange({ ...part, budget_category_id: id })}
          />
          {categoryId && (
            <button
              type="button"
              className="icon-button"
              aria-label={`Money to ${name} counts on no category`}
              onClick={() => onChange({ ...part, budget_category_id: null })}
            >
              <Icon name="close" />
            </button>
          )}
        </span>
      )}
    </div>
  );
}
