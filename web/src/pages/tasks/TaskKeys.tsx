import { switchShortcuts, useShortcutsOn } from "../../app/shortcuts.ts";
import { Dialog } from "../../ui/Dialog.tsx";

const keys: [string[], string][] = [
  [["n"], "New task"],
  [["↓", "j"], "Next task"],
  [["↑", "k"], "Task before"],
  [["x", "Space"], "Tick the task, or take the tick away"],
  [["Shift ↓", "Shift ↑"], "Move the task down or up"],
  [["e", "Enter"], "Edit the task"],
  [["Delete"], "Delete the task"],
  [["u"], "Undo the last change"],
  [["/"], "Search"],
  [["Esc"], "Leave without saving"],
  [["?"], "This help"],
];

export function TaskKeys({ onClose }: { onClose: () => void }) {
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
