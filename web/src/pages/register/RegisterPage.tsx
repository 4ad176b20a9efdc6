import { useLocation } from "../../app/router.ts";
import { useSession } from "../../app/session.ts";
import { isOpen } from "../../data/accountKinds.ts";
import { useAccounts } from "../../data/household.ts";
import { Button } from "../../ui/Button.tsx";
import { DemoButton } from "../../ui/DemoButton.tsx";
import { Link } from "../../ui/Link.tsx";
import { EmptyState, ProblemNote } from "../../ui/Notices.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { useIsNarrow } from "../../ui/useMediaQuery.ts";
import { BulkBar } from "./BulkBar.tsx";
import { FilterBar } from "./FilterBar.tsx";
import { type Filters, filtersOf, isFiltered, showFilters } from "./filters.ts";
import { NewTransaction } from "./NewTransaction.tsx";
import { RegisterGrid } from "./RegisterGrid.tsx";
import { RegisterTitle } from "./RegisterTitle.tsx";
import { RowForm } from "./RowEditor.tsx";
import { ShortcutsDialog } from "./ShortcutsDialog.tsx";
import { TransferSuggestions } from "./TransferSuggestions.tsx";
import { type Register, useRegister } from "./useRegister.ts";

export default function RegisterPage() {
  const { query } = useLocation();
  const filters = filtersOf(query);
  const { isViewer } = useSession();
  const { value: accounts = [] } = useAccounts();
  const register = useRegister(filters);
  const { rows, selection, isHelpShown } = register;
  const account = accounts.find(({ id }) => id === filters.account_id);
  const isEmpty = rows.total === 0 && !isFiltered(filters);
  const canAdd = !isViewer && accounts.some(isOpen);
  return (
    <div className="page register">
      <PageHead
        title={account?.name ?? "Transactions"}
        lead={<RegisterTitle account={account} total={rows.total} />}
      >
        <Button icon="help" kind="quiet" className="keys-button" onClick={register.toggleHelp}>
          Keys
        </Button>
        {canAdd && (
          <Button icon="plus" kind="primary" onClick={register.add}>
            New transaction
          </Button>
        )}
      </PageHead>
      {!isEmpty && <FilterBar filters={filters} searchRef={register.search} accounts={accounts} />}
      {!isViewer && <TransferSuggestions />}
      <Entry register={register} accountId={filters.account_id} />
      {selection.size > 0 && (
        <BulkBar chosen={[...selection.values()]} onChosen={register.choose} />
      )}
      {rows.error !== null && rows.total === null && <ProblemNote error={rows.error} />}
      {rows.total === 0 ? (
        <NoRows filters={filters} hasAccounts={accounts.length > 0} />
      ) : (
        <RegisterGrid
          // New filters make a new list, which is read from its top.
          key={JSON.stringify(filters)}
          register={register}
          filters={filters}
          account={account}
        />
      )}
      {isHelpShown && <ShortcutsDialog onClose={register.toggleHelp} />}
    </div>
  );
}

/** On wide screens a new transaction is written above the list and an old one in its row. */
function Entry({ register, accountId }: { register: Register; accountId: string | undefined }) {
  const isNarrow = useIsNarrow();
  const { rows, active, editing, isAdding, closeNew } = register;
  const row = rows.row(active);
  if (isAdding && isNarrow) {
    return (
      <Dialog title="New transaction" onClose={closeNew}>
        <NewTransaction accountId={accountId} onClose={closeNew} />
      </Dialog>
    );
  }
  if (isAdding) return <NewTransaction accountId={accountId} onClose={closeNew} />;
  if (!isNarrow || editing === null || row?.id !== editing) return null;
  const close = () => register.edit(null);
  return (
    <Dialog title="Edit transaction" onClose={close}>
      <RowForm row={row} onClose={close} />
    </Dialog>
  );
}

function NoRows({ filters, hasAccounts }: { filters: Filters; hasAccounts: boolean }) {
  if (isFiltered(filters)) {
    return (
      <EmptyState
        icon="search"
        title="Nothing matches"
        actions={<Button onClick={() => showFilters({})}>Clear the filters</Button>}
      >
        <p>No transaction fits all of the filters above.</p>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon="transactions"
      title="No transactions yet"
      actions={
        <>
          <Link to="/imports" className="button button-primary">
            <span>Import a file</span>
          </Link>
          <DemoButton />
        </>
      }
    >
      <p>
        {hasAccounts
          ? "Bring in a statement from your bank, or enter the first one yourself."
          : "Bring in a statement from your bank; an account is made on the way."}
      </p>
    </EmptyState>
  );
}
