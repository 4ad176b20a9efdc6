import type { MemberCard, Visibility } from "../../api/people.ts";
import { SelectField } from "../../ui/Field.tsx";
import type { Sight } from "./useVisibility.ts";

/** Nobody hides an account from themselves: the others are chosen. */
function startOf(visibility: Visibility["visibility"], members: readonly MemberCard[]): Visibility {
  const oneself = members.filter(({ is_you: isYou }) => isYou).map(({ person_id: id }) => id);
  return { visibility, members: visibility === "only" ? oneself : [] };
}

const hints: Record<Visibility["visibility"], string> = {
  all: "Everyone in the household sees this account.",
  only: "Nobody else sees it, nor any sum that contains it.",
  except: "They see neither it nor any sum that contains it.",
};

type VisibilityFieldsProps = { sight: Sight; problem?: string };

export function VisibilityFields({ sight, problem }: VisibilityFieldsProps) {
  const { value, members, onChange } = sight;
  if (!value) return null;
  const choose = (visibility: Visibility["visibility"]) => onChange(startOf(visibility, members));
  const toggle = ({ person_id: id }: MemberCard) => {
    const isIn = value.members.includes(id);
    const ids = isIn ? value.members.filter((other) => other !== id) : [...value.members, id];
    onChange({ ...value, members: ids });
  };
  return (
    <>
      <SelectField
        label="Who sees it"
        hint={hints[value.visibility]}
        value={value.visibility}
        problem={problem}
        onChange={(next) => choose(next as Visibility["visibility"])}
      >
        <option value="all">Everyone</option>
        <option value="only">Only some</option>
        <option value="except">Everyone but some</option>
      </SelectField>
      {value.visibility !== "all" && (
        <fieldset className="check-list">
          <legend className="visually-hidden">
            {value.visibility === "only" ? "Who sees it" : "Who does not"}
          </legend>
          {members.map((member) => (
            <label key={member.person_id} className="check-label">
              <input
                type="checkbox"
                checked={value.members.includes(member.person_id)}
                disabled={member.is_you}
                onChange={() => toggle(member)}
              />
              <span>{member.is_you ? `${member.name} (you)` : member.name}</span>
            </label>
          ))}
        </fieldset>
      )}
    </>
  );
}
