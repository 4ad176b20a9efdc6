import { ownData } from "../../api/identity.ts";
import type { LegalKind } from "../../api/people.ts";
import { Brand } from "../../app/Brand.tsx";
import { useResource } from "../../data/resource.ts";
import { formatDate } from "../../dates/LocalDate.ts";
import { Link } from "../../ui/Link.tsx";
import { Loading, ProblemNote } from "../../ui/Notices.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { Prose } from "./Prose.tsx";

const titles: Record<LegalKind, string> = { privacy: "Privacy", terms: "Terms" };

/** What the operator of this server promises; anyone may read it. */
export default function LegalPage({ kind }: { kind: LegalKind }) {
  const { value: page, error } = useResource(`pages ${kind}`, () => ownData.page(kind));
  return (
    <main className="legal">
      <Link to="/" className="brand" aria-label="Martlet">
        <Brand />
      </Link>
      <div className="page page-narrow">
        <PageHead
          title={page?.title ?? titles[kind]}
          lead={
            page?.updated_at &&
            `As of ${formatDate(page.updated_at.slice(0, 10), navigator.language)}`
          }
        />
        {error ? <ProblemNote error={error} /> : page ? <Prose text={page.text} /> : <Loading />}
      </div>
    </main>
  );
}
