import { admin } from "../../api/identity.ts";
import { useSession } from "../../app/session.ts";
import { useResource } from "../../data/resource.ts";
import { Card } from "../../ui/Card.tsx";
import { Link } from "../../ui/Link.tsx";
import { Loading, Note, ProblemNote } from "../../ui/Notices.tsx";
import { type Fact, factGroups, uptime } from "./systemFacts.ts";

/** How the server is, at a glance. */
export default function SystemSection() {
  const { locale } = useSession();
  const { value: system, error } = useResource("admin/system", admin.system);
  if (error && !system) return <ProblemNote error={error} />;
  if (!system) return <Loading rows={6} />;
  const mail = system["mail"] as { failed?: number } | undefined;
  const seconds = system["uptime_seconds"];
  return (
    <>
      {Boolean(mail?.failed) && (
        <Note icon="warning">
          Some letters could not be sent: see <Link to="/admin/work">Work</Link>.
        </Note>
      )}
      {typeof seconds === "number" && (
        <p className="muted">Running for {uptime(seconds, locale)} without a break.</p>
      )}
      {factGroups(system, locale).map(({ title, facts }) => (
        <Card key={title} title={title}>
          <Facts facts={facts} />
        </Card>
      ))}
    </>
  );
}

function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="profile">
      {facts.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
