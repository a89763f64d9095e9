// A set again, one side of it again, or on to what follows it. Where these are, the plan says.

const sides = plan.sets.flatMap((set) => set.sides);

/** The set that is done at `ms`, or for which one gets ready; null where something else is said. */
function setAt(ms) {
  const set = plan.sets[placeAt(plan.sets, ms, (row) => row.from)];
  return set && ms < set.end ? set : null;
}

let wentBackTo = null; // the side that one went back to, until its work begins

/** When a side has begun: with its work, and for who went back to it at once, so that a second tap goes no further back. */
const begunAt = (side) => (side.ready === wentBackTo?.ready ? side.ready - GRID_MS : side.start);

/** In a break, what comes again is what was done before it. */
const SET_TARGETS = {
  "repeat-set": (ms) => plan.sets[placeAt(plan.sets, ms, (row) => begunAt(row.sides[0]))]?.ready,
  "repeat-side": (ms) => {
    const side = sides[placeAt(sides, ms, begunAt)];
    return side?.sided ? side.ready : undefined;
  },
  "skip-set": (ms) => setAt(ms)?.end,
};

function goToSet(id) {
  const ms = SET_TARGETS[id](nowMs());
  if (ms === undefined) return;
  const goesOn = awaitedMs !== null;
  wentBackTo = id === "skip-set" ? null : sides.find((side) => side.ready === ms);
  seek(ms);
  if (goesOn) play();
}

/** A button without a target stays where it is, so that the focus does too. */
function drawSets(ms) {
  if (wentBackTo && (ms < wentBackTo.ready - GRID_MS || ms >= wentBackTo.start)) wentBackTo = null;
  for (const [id, target] of Object.entries(SET_TARGETS)) {
    const off = target(ms) === undefined;
    if (shown[id] !== off) byId(id).setAttribute("aria-disabled", off);
    shown[id] = off;
  }
}

for (const id of Object.keys(SET_TARGETS)) byId(id).addEventListener("click", () => goToSet(id));
