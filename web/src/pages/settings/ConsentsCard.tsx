import { ownData } from "../../api/identity.ts";
import type { Consent, LegalKind } from "../../api/people.ts";
import { useSession } from "../../app/session.ts";
import { useResource } from "../../data/resource.ts";
import { formatDate } from "../../dates/LocalDate.ts";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Link } from "../../ui/Link.tsx";
import { announce } from "../../ui/toasts.ts";
import { useAction } from "../../ui/useAction.ts";

const promises: readonly { kind: LegalKind; label: string }[] = [
  { kind: "privacy", label: "How this server treats your data" },
  { kind: "terms", label: "Terms of use" },
];

/** What the person agreed to, and when; what has changed since asks again. */
export function ConsentsCard() {
  const { value: consents } = useResource("consents", ownData.consents);
  return (
    <Card title="What was promised" lead="Only the cookie that keeps you signed in is set.">
      <ul className="lines">
        {promises.map((promise) => (
          <PromiseLine
            key={promise.kind}
            {...promise}
            given={consents?.filter(({ kind }) => kind === promise.kind)}
          />
        ))}
      </ul>
    </Card>
  );
}

type PromiseLineProps = {
  kind: LegalKind;
  label: string;
  /** Undefined until known. */
  given: readonly Consent[] | undefined;
};

function PromiseLine({ kind, label, given }: PromiseLineProps) {
  const { locale } = useSession();
  const { value: page } = useResource(`pages ${kind}`, () => ownData.page(kind));
  const { isBusy, run } = useAction();
  const current = given?.find(({ version }) => version === page?.version);
  const agree = () =>
    run(async () => {
      if (page) await ownData.consent(kind, page.version);
      announce("Your agreement is noted.");
    });
  return (
    <li className="line">
      <div className="line-main">
        <Link to={`/${kind}`}>{label}</Link>
        <span className="muted">
          {current && `Agreed on ${formatDate(current.accepted_at.slice(0, 10), locale)}`}
          {given &&
            page &&
            !current &&
            (given.length > 0 ? "Changed since you agreed" : "Not agreed yet")}
        </span>
      </div>
      {given && page && !current && (
        <Button isBusy={isBusy} onClick={agree} aria-label={`Agree: ${label}`}>
          Agree
        </Button>
      )}
    </li>
  );
}
