// What the map knows of degrees and sizes.
import type {LineString} from "geojson";
import type {Quads} from "../api";

export type Box = [west: number, south: number, east: number, north: number];

export function parsedBox(text: string | undefined): Box | undefined {
  const sides = (text ?? "").split(",").map(Number);
  return sides.length === 4 && sides.every(Number.isFinite) ? (sides as Box) : undefined;
}

// The rectangle in degrees round some points; `digits` after the point.
export function boxRound(points: ([number, number] | null)[], digits: number): Box | undefined {
  const known = points.filter((point): point is [number, number] => point !== null && point.every(Number.isFinite));
  if (known.length < 2) return undefined;
  const round = (value: number) => Number(value.toFixed(digits));
  const lons = known.map(([lon]) => Math.max(-180, Math.min(180, lon)));
  const lats = known.map(([, lat]) => Math.max(-90, Math.min(90, lat)));
  return [round(Math.min(...lons)), round(Math.min(...lats)), round(Math.max(...lons)), round(Math.max(...lats))];
}

// Points along the four sides of a rectangle on the screen.
export function sidesOf([x0, y0, x1, y1]: [number, number, number, number], each = 8): [number, number][] {
  const points: [number, number][] = [];
  for (let step = 0; step <= each; step++) {
    const x = x0 + ((x1 - x0) * step) / each;
    const y = y0 + ((y1 - y0) * step) / each;
    points.push([x, y0], [x, y1], [x0, y], [x1, y]);
  }
  return points;
}

// The outline of a box; parallels are no great circles and need points on the way.
export function boxOutline([west, south, east, north]: Box): LineString {
  const wide = east >= west ? east - west : east + 360 - west;
  const steps = Math.max(2, Math.ceil(wide / 2));
  const along = (lat: number) => Array.from({length: steps + 1}, (_, step) => [west + (wide * step) / steps, lat]);
  const south_ = along(south);
  const north_ = along(north).reverse();
  return {type: "LineString", coordinates: [...south_, ...north_, south_[0] as number[]]};
}

// The class that most of the events are of, 1 to 4; of equals the more conflictual.
export function dominantQuad(quads: Quads | number[]): number {
  let best = 3;
  for (let index = 3; index >= 0; index--) {
    if ((quads[index] ?? 0) > (quads[best] ?? 0)) best = index;
  }
  return best + 1;
}

// 0 for no events, then 1 to 4 by the logarithm, for counts differ by orders of magnitude.
export function shadeOf(events: number, most: number): number {
  if (events <= 0) return 0;
  if (most <= 1) return 4;
  return Math.min(4, 1 + Math.floor((3.999 * Math.log(events)) / Math.log(most)));
}

// Lower and upper end of each shade, for the legend; shades that no count falls into are left out.
export function shadeRanges(most: number): {shade: number; low: number; high: number}[] {
  const ranges: {shade: number; low: number; high: number}[] = [];
  const limit = (shade: number) => Math.ceil(most ** ((shade - 1) / 3.999) - 1e-9);
  for (let shade = 1; shade <= 4; shade++) {
    const low = Math.max(1, limit(shade));
    const high = shade === 4 ? most : limit(shade + 1) - 1;
    if (most > 0 && high >= low) ranges.push({shade, low, high});
  }
  return ranges;
}
