import { useState } from "react";
import { admin, ownData } from "../../api/identity.ts";
import type { LegalKind, LegalPage } from "../../api/people.ts";
import { useResource } from "../../data/resource.ts";
import { Card } from "../../ui/Card.tsx";
import { Field, TextField } from "../../ui/Field.tsx";
import { Form } from "../../ui/Form.tsx";
import { Link } from "../../ui/Link.tsx";
import { Loading, ProblemNote } from "../../ui/Notices.tsx";
import { announce } from "../../ui/toasts.ts";
import { useAction } from "../../ui/useAction.ts";

const names: Record<LegalKind, string> = { privacy: "Privacy", terms: "Terms" };

/** The promises of whoever runs this server, in their own words. */
export default function PagesSection() {
  return (
    <>
      <PageCard kind="privacy" />
      <PageCard kind="terms" />
    </>
  );
}

function PageCard({ kind }: { kind: LegalKind }) {
  const { value: page, error } = useResource(`pages ${kind}`, () => ownData.page(kind));
  return (
    <Card
      title={names[kind]}
      lead="Anyone can read it, also without signing in."
      actions={<Link to={`/${kind}`}>View</Link>}
    >
      {error && !page ? <ProblemNote error={error} /> : null}
      {page ? <PageForm kind={kind} page={page} /> : !error && <Loading rows={4} />}
    </Card>
  );
}

function PageForm({ kind, page }: { kind: LegalKind; page: LegalPage }) {
  const [title, setTitle] = useState(page.title);
  const [text, setText] = useState(page.text);
  const { isBusy, fields, run } = useAction();
  const save = () =>
    run(async () => {
      await admin.savePage(kind, { title: title.trim(), text });
      announce(`${names[kind]} is saved.`);
    });
  return (
    <Form verb="Save" onSubmit={save} isBusy={isBusy}>
      <TextField
        label="Title"
        value={title}
        onChange={setTitle}
        problem={fields["title"]}
        maxLength={120}
        required
      />
      <Field
        label="Text"
        hint="Markdown: # headings, - lists, **strong**, [links](https://…)."
        problem={fields["text"]}
      >
        {(control) => (
          <textarea
            {...control}
            className="input page-text"
            rows={14}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
    </Form>
  );
}
