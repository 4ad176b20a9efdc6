import { useState } from "react";
import { useSession } from "../../app/session.ts";
import { DemoButton } from "../../ui/DemoButton.tsx";
import { Button } from "../../ui/Button.tsx";
import { Link } from "../../ui/Link.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { AccountDialog } from "../accounts/AccountDialog.tsx";

/** The first page of empty books: three ways to begin. */
export function Welcome({ hasAccounts }: { hasAccounts: boolean }) {
  const { user } = useSession();
  const [isCreating, setCreating] = useState(false);
  return (
    <div className="page page-medium">
      <PageHead
        title={`Welcome, ${user.name}`}
        lead="Your books are empty. Here are three ways to begin."
      />
      <ol className="ways">
        <li className="card way">
          <h2>Bring in a statement</h2>
          <p>Drop in the CSV or OFX file your bank offers. You check every row before it counts.</p>
          <Link to="/imports" className="button button-primary">
            <span>Import a file</span>
          </Link>
        </li>
        <li className="card way">
          <h2>Write it down yourself</h2>
          <p>Open an account with today’s balance and enter what you spend as you go.</p>
          {hasAccounts ? (
            <Link to="/transactions" className="button button-plain">
              <span>Enter a transaction</span>
            </Link>
          ) : (
            <Button onClick={() => setCreating(true)}>Open an account</Button>
          )}
        </li>
        <li className="card way">
          <h2>Look around first</h2>
          <p>Fill the books with five believable years and see what Martlet shows you.</p>
          <DemoButton />
        </li>
      </ol>
      {isCreating && <AccountDialog onClose={() => setCreating(false)} />}
    </div>
  );
}
