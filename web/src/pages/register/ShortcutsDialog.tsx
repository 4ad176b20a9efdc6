import { switchShortcuts, useShortcutsOn } from "../../app/shortcuts.ts";
import { Dialog } from "../../ui/Dialog.tsx";

const keys: [string[], string][] = [
  [["j", "↓"], "Next row"],
  [["k", "↑"], "Row before"],
  [["Page ↓", "Page ↑"], "A screen further, a screen back (in the list)"],
  [["Home", "End"], "First and last row (in the list)"],
  [["n"], "New transaction"],
  [["e", "Enter"], "Edit the row"],
  [["Space"], "Choose the row (in the list)"],
  [["x"], "Delete the row, or all chosen rows"],
  [["u"], "Undo the last change"],
  [["/"], "Search"],
  [["Esc"], "Leave a form without saving"],
  [["?"], "This help"],
];

export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const isOn = useShortcutsOn();
  return (
    <Dialog title="Keys" onClose={onClose}>
      <dl className="keys">
        {keys.map(([names, text]) => (
          <div key={text}>
            <dt>
              {names.map((name) => (
                <kbd key={name}>{name}</kbd>
              ))}
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <label className="check-label">
        <input
          type="checkbox"
          checked={isOn}
          onChange={(event) => switchShortcuts(event.target.checked)}
        />
        <span>Single letters act at once</span>
      </label>
    </Dialog>
  );
}
