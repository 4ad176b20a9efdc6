import { Dialog } from "../../ui/Dialog.tsx";
import { KeyList } from "../../ui/KeyList.tsx";

const keys: [string[], string][] = [
  [["↓", "Enter"], "The cell below; what was typed is written"],
  [["↑", "Shift Enter"], "The cell above"],
  [["←", "→"], "The cell beside, as long as nothing is typed"],
  [["+50"], "Adds 50 to what is there; sums such as 30+12.50 may be typed"],
  [["Esc"], "What was typed is taken back"],
  [["["], "Period before"],
  [["]"], "Period after"],
  [["t"], "Today’s period"],
  [["f"], "Fill"],
  [["n"], "New budget"],
  [["u"], "Undo the last change"],
  [["?"], "This help"],
];

export function BudgetKeys({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keys" onClose={onClose}>
      <KeyList keys={keys} />
    </Dialog>
  );
}
