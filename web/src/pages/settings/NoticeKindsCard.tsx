import { Fragment, useState } from "react";
import type { MailPace, NoticeKind } from "../../api/notices.ts";
import { Card } from "../../ui/Card.tsx";
import { Form } from "../../ui/Form.tsx";
import { kindNames } from "../notices/words.ts";
import { groups, paceNames } from "./noticeGroups.ts";
import { useNoticePreferences } from "./useNoticePreferences.ts";
import type { NoticeChoice, NoticePreferences } from "../../api/types.ts";

type Draft = Partial<Record<NoticeKind, Partial<Pick<NoticeChoice, "in_app" | "mail">>>>;

export function NoticeKindsCard({ preferences }: { preferences: NoticePreferences }) {
  const [draft, setDraft] = useState<Draft>({});
  const { isBusy, fields, save } = useNoticePreferences(preferences);
  const kinds = preferences.kinds.map((item) => ({ ...item, ...draft[item.kind] }));
  const change = (kind: NoticeKind, part: Draft[NoticeKind]) =>
    setDraft({ ...draft, [kind]: { ...draft[kind], ...part } });
  const submit = async () => {
    const sent = kinds.map(({ kind, in_app, mail }) => ({ kind, in_app, mail }));
    if (await save({ kinds: sent })) setDraft({});
  };
  const problem = Object.entries(fields).find(([field]) => field.startsWith("kinds"))?.[1];
  return (
    <Card title="What you are told of" lead="In the app, beside the bell, and by letter.">
      <Form verb="Save" onSubmit={submit} isBusy={isBusy}>
        <table className="table notice-table">
          <caption className="visually-hidden">What you are told of, and how</caption>
          <thead>
            <tr>
              <th scope="col">When</th>
              <th scope="col">In the app</th>
              <th scope="col">By letter</th>
            </tr>
          </thead>
          <tbody>
            {groups.map(({ title, kinds: names }) => {
              const rows = kinds.filter(({ kind }) => names.includes(kind));
              return (
                rows.length > 0 && (
                  <Fragment key={title}>
                    <tr className="table-group">
                      <th scope="rowgroup" colSpan={3}>
                        {title}
                      </th>
                    </tr>
                    {rows.map((row) => (
                      <KindRow key={row.kind} row={row} onChange={change} />
                    ))}
                  </Fragment>
                )
              );
            })}
          </tbody>
        </table>
        {problem && <p className="field-problem">{problem}</p>}
      </Form>
    </Card>
  );
}

type KindRowProps = {
  row: NoticeChoice;
  onChange: (kind: NoticeKind, part: Draft[NoticeKind]) => void;
};

function KindRow({ row: { kind, in_app, mail, mail_choices }, onChange }: KindRowProps) {
  const name = kindNames[kind];
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        <input
          type="checkbox"
          aria-label={`${name}, in the app`}
          checked={in_app}
          onChange={(event) => onChange(kind, { in_app: event.target.checked })}
        />
      </td>
      <td>
        <select
          className="input"
          aria-label={`${name}, by letter`}
          value={mail}
          // Some letters are about safety, and there is nothing to choose.
          disabled={mail_choices.length < 2}
          onChange={(event) => onChange(kind, { mail: event.target.value as MailPace })}
        >
          {mail_choices.map((pace) => (
            <option key={pace} value={pace}>
              {paceNames[pace]}
            </option>
          ))}
        </select>
      </td>
    </tr>
  );
}
