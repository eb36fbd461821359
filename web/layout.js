/** Where the notes of a local graph stand: columns to the left link in, to the right are linked to. */

export const SHOWN = 14;

/** The side of each note next to the centre: what the centre links to is right, the rest left. */
function sides(nodes, edges, centre) {
  const out = new Set(edges.filter(({ source }) => source === centre).map(({ target }) => target));
  const side = new Map([[centre, 0]]);
  for (const { path } of nodes.filter(({ depth }) => depth === 1)) side.set(path, out.has(path) ? 1 : -1);
  return side;
}

/** The note of one step that a note of two steps hangs on. */
function parents(nodes, edges, side) {
  const parent = new Map();
  const far = new Set(nodes.filter(({ depth }) => depth === 2).map(({ path }) => path));
  for (const { source, target } of edges) {
    if (far.has(source) && side.has(target) && !parent.has(source)) parent.set(source, target);
    if (far.has(target) && side.has(source) && !parent.has(target)) parent.set(target, source);
  }
  return parent;
}

/** Columns from left to right, each a list of nodes; long ones are cut to ``SHOWN``. */
export function columns({ nodes, edges }, centre) {
  const side = sides(nodes, edges, centre);
  const parent = parents(nodes, edges, side);
  const at = new Map([[0, nodes.filter(({ path }) => path === centre)]]);
  const put = (column, node) => at.set(column, [...(at.get(column) ?? []), node]);
  for (const node of nodes) if (node.depth === 1) put(side.get(node.path), node);
  for (const column of [-1, 1]) {
    const near = (at.get(column) ?? []).slice(0, SHOWN);
    at.set(column, near);
    for (const { path } of near) {
      for (const node of nodes) if (parent.get(node.path) === path) put(2 * column, node);
    }
  }
  return [...at].filter(([, list]) => list.length).sort(([a], [b]) => a - b)
    .map(([column, list]) => ({ column, nodes: list.slice(0, SHOWN) }));
}

/** Boxes by path: ``{x, y, width, height, column, node}``, and the size of the whole. */
export function layout(graph, centre, room) {
  const all = columns(graph, centre);
  const gap = 48;
  const wide = Math.min(Math.max((room - gap * (all.length - 1)) / all.length, all.length < 3 ? 120 : 160), 270);
  const steps = { near: 78, far: 60 };
  const stepOf = ({ column }) => (Math.abs(column) === 2 ? steps.far : steps.near);
  const height = Math.max(...all.map((column) => column.nodes.length * stepOf(column)), 120);
  const width = all.length * wide + gap * (all.length - 1);
  const boxes = new Map();
  for (const [i, column] of all.entries()) {
    const step = stepOf(column);
    const top = (height - column.nodes.length * step) / 2;
    column.nodes.forEach((node, row) => boxes.set(node.path, {
      x: i * (wide + gap), y: top + row * step + 4, width: wide, height: step - 8, column: column.column, node,
    }));
  }
  return { boxes, width, height };
}
