import { useState } from "react";
import { admin } from "../../api/identity.ts";
import type { Job } from "../../api/people.ts";
import { useSession } from "../../app/session.ts";
import { useResource } from "../../data/resource.ts";
import { formatInstant, fromNow } from "../../dates/instant.ts";
import { Button } from "../../ui/Button.tsx";
import { counted } from "../../ui/counted.ts";
import { Loading, ProblemNote } from "../../ui/Notices.tsx";
import { Pager } from "../../ui/Pager.tsx";
import { type Segment, Segments } from "../../ui/Segments.tsx";
import { useAction } from "../../ui/useAction.ts";

const perPage = 25;

const states: Record<Job["state"], { word: string; badge: string }> = {
  waiting: { word: "Waiting", badge: "badge-preview" },
  running: { word: "Running", badge: "badge-preview" },
  done: { word: "Done", badge: "badge-committed" },
  dead: { word: "Given up", badge: "badge-failed" },
};

type State = Job["state"] | "any";

const segments: readonly Segment<State>[] = [
  { value: "any", label: "Any" },
  { value: "waiting", label: states.waiting.word },
  { value: "running", label: states.running.word },
  { value: "done", label: states.done.word },
  { value: "dead", label: states.dead.word },
];

/** "Letter" and "verify email" for what the server calls `mail` and `verify_email`. */
function jobWords({ kind, topic }: Job): { title: string; detail: string } {
  const title = kind === "mail" ? "letter" : kind.replaceAll("_", " ");
  const detail = topic.replaceAll("_", " ");
  return { title: title.charAt(0).toUpperCase() + title.slice(1), detail };
}

/** The server's own work: letters, purges, and whatever else it does by itself. */
export default function JobsSection() {
  const { locale } = useSession();
  const [state, setState] = useState<State>("any");
  const [page, setPage] = useState(1);
  const { value: list, error } = useResource(`admin/jobs ${state} ${page}`, () =>
    admin.jobs({ state: state === "any" ? null : state, page, limit: perPage }),
  );
  const choose = (wanted: State) => {
    setState(wanted);
    setPage(1);
  };
  return (
    <>
      <Segments label="State" segments={segments} value={state} onChange={choose} />
      {error && !list ? <ProblemNote error={error} /> : null}
      {!list && !error && <Loading rows={6} />}
      {list && (
        <>
          <JobTable jobs={list.data} />
          <p className="muted">
            {counted(list.pagination.total ?? 0, "piece", locale)} of work. What is done is
            forgotten after thirty days.
          </p>
          <Pager page={page} pages={list.pagination.total_pages ?? 1} onChange={setPage} />
        </>
      )}
    </>
  );
}

function JobTable({ jobs }: { jobs: readonly Job[] }) {
  if (jobs.length === 0) return <p className="card muted">There is no such work.</p>;
  return (
    <div className="card table-card">
      <div className="table-scroll" role="region" aria-label="Work" tabIndex={0}>
        <table className="table job-table">
          <thead>
            <tr>
              <th scope="col">Work</th>
              <th scope="col">State</th>
              <th scope="col" className="right">
                Tries
              </th>
              <th scope="col">
                <span className="visually-hidden">What to do</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {jobs.map((job) => (
              <JobRow key={job.id} job={job} />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function JobRow({ job }: { job: Job }) {
  const { locale } = useSession();
  const { word, badge } = states[job.state];
  const { done, total } = job.progress;
  const moment = job.ended_at ?? job.due_at ?? job.created_at;
  const { title, detail } = jobWords(job);
  return (
    <tr>
      <th scope="row">
        {title}
        <span className="muted table-second">{detail}</span>
        {job.error && <span className="table-second job-error">{job.error}</span>}
      </th>
      <td>
        <span className={`badge ${badge}`}>{word}</span>
        {job.state === "running" && total > 0 && (
          <span className="muted table-second">
            {done.toLocaleString(locale)} of {total.toLocaleString(locale)}
          </span>
        )}
        <span className="muted table-second" title={formatInstant(moment, { locale })}>
          {fromNow(moment, locale)}
        </span>
      </td>
      <td className="right">{job.attempts}</td>
      <td className="right">{job.state === "dead" && <DeadJob job={job} />}</td>
    </tr>
  );
}

function DeadJob({ job }: { job: Job }) {
  const { permissions } = useSession();
  const { isBusy, run } = useAction();
  if (!permissions.includes("jobs:write")) return null;
  const { title, detail } = jobWords(job);
  const label = `${title}, ${detail}`;
  return (
    <span className="button-row">
      <Button
        isBusy={isBusy}
        aria-label={`Try again: ${label}`}
        onClick={() =>
          run(async () => {
            await admin.retryJob(job.id);
          })
        }
      >
        Try again
      </Button>
      <Button
        kind="quiet"
        disabled={isBusy}
        aria-label={`Dismiss: ${label}`}
        onClick={() =>
          run(async () => {
            await admin.dismissJob(job.id);
          })
        }
      >
        Dismiss
      </Button>
    </span>
  );
}
