import {geoEqualEarth, geoGraticule10, geoPath, type GeoProjection} from "d3-geo";
import {scaleSqrt} from "d3-scale";
import {useMemo, useState} from "preact/hooks";
import type {OverviewPlace, Value} from "../api";
import {count, country, counted, quadName} from "../labels";
import {boxOutline, boxRound, dominantQuad, parsedBox, shadeOf, shadeRanges, sidesOf, type Box} from "./geography";
import {useWidth} from "./width";
import {useWorld, type CountryShape} from "./world";
import {useMapZoom} from "./zoom";
import {useRectangle} from "./rectangle";

interface Props {
  places: OverviewPlace[];
  countries: Value[];
  place?: string;
  where?: string;
  box?: string;
  onPlace(value: string): void;
  onCountry(code: string): void;
  onBox(box: Box | undefined): void;
}

// Closer than this the coarse coasts look it.
const FINE_FROM = 2.5;

export function WorldMap(props: Props) {
  const {element, width} = useWidth<HTMLDivElement>(800);
  const {projection, height} = useMemo(() => fitted(width), [width]);
  const [choosing, setChoosing] = useState(false);
  const zoom = useMapZoom(width, height, !choosing);
  const {shapes, failed} = useWorld(zoom.k >= FINE_FROM);
  const rectangle = useRectangle(choosing, (corners) => {
    setChoosing(false);
    const points = sidesOf(corners).map((point) => projection.invert?.(zoom.invert(point)) ?? null);
    const box = boxRound(points, zoom.k > 6 ? 2 : 1);
    if (box) props.onBox(box);
  });
  const box = parsedBox(props.box);
  const drawn = rectangle.drawn;
  return (
    <div>
      <div class="map-tools row">
        <button type="button" aria-label="Zoom in" onClick={() => zoom.by(2)}>+</button>
        <button type="button" aria-label="Zoom out" onClick={() => zoom.by(0.5)}>−</button>
        <button type="button" disabled={zoom.k === 1} onClick={zoom.reset}>Whole world</button>
        <button type="button" aria-pressed={choosing} onClick={() => setChoosing(!choosing)}>Select an area</button>
        {box ? <button type="button" class="quiet" onClick={() => props.onBox(undefined)}>Clear the area</button> : null}
        <span class="small muted">{choosing ? "Drag a rectangle over the map." : "Drag to move; Ctrl and wheel, or pinch, to zoom."}</span>
      </div>
      <div ref={element} class={`map ${choosing ? "choosing" : ""}`}>
        {failed ? <p class="map-failed small muted">The shapes of countries did not load; places are shown without them.</p> : null}
        <svg ref={zoom.element} width={width} height={height} role="img" aria-label={summary(props)} {...rectangle.handlers}>
          <g transform={zoom.transform}>
            <Land shapes={shapes} projection={projection} countries={props.countries} where={props.where} onCountry={props.onCountry} />
            {box ? <path class="map-box" d={geoPath(projection)(boxOutline(box)) ?? undefined} /> : null}
            <Dots places={props.places} projection={projection} width={width} zoom={zoom.k} place={props.place} onPlace={props.onPlace} />
          </g>
          {drawn ? <rect class="map-box" x={drawn[0]} y={drawn[1]} width={drawn[2] - drawn[0]} height={drawn[3] - drawn[1]} /> : null}
        </svg>
      </div>
      <Shades most={Math.max(0, ...props.countries.map((one) => one.events))} />
    </div>
  );
}

function summary({places, countries}: Props): string {
  const known = countries.filter((one) => one.events > 0).length;
  return `Map of events: ${counted(places.length, "place")} as dots, ${counted(known, "country", "countries")} shaded. The lists of places and countries say the same.`;
}

const NORTHERNMOST = 83.7;
const SOUTHERNMOST = -56;
const MARGIN = 3;

// As wide as there is room, from Greenland to Cape Horn: Antarctica would take a fifth of the height.
// Turned by ten degrees, so that the cut runs through the Bering Strait.
function fitted(width: number): {projection: GeoProjection; height: number} {
  const projection = geoEqualEarth().rotate([-10, 0]).fitWidth(width, {type: "Sphere"});
  const top = projection([10, NORTHERNMOST])?.[1] ?? 0;
  const bottom = projection([10, SOUTHERNMOST])?.[1] ?? width / 2;
  const [x, y] = projection.translate();
  projection.translate([x, y - top + MARGIN]);
  return {projection, height: Math.round(bottom - top + 2 * MARGIN)};
}

interface LandProps {
  shapes: CountryShape[];
  projection: GeoProjection;
  countries: Value[];
  where?: string;
  onCountry(code: string): void;
}

function Land({shapes, projection, countries, where, onCountry}: LandProps) {
  const paths = useMemo(() => {
    const path = geoPath(projection);
    return shapes.map((shape) => ({shape, d: path(shape) ?? undefined}));
  }, [shapes, projection]);
  const grid = useMemo(() => geoPath(projection)(geoGraticule10()) ?? undefined, [projection]);
  const events = new Map(countries.map((one) => [one.value, one.events]));
  const most = Math.max(1, ...countries.map((one) => one.events));
  return (
    <g>
      <path class="graticule" d={grid} />
      {paths.map(({shape, d}, index) => {
        const here = (shape.code && events.get(shape.code)) || 0;
        const name = shape.code ? country(shape.code) : shape.properties.name;
        const classes = `land shade-${shadeOf(here, most)} ${shape.code !== undefined && shape.code === where ? "chosen" : ""}`;
        return (
          <path key={index} class={classes} d={d} onClick={() => shape.code && here > 0 && onCountry(shape.code)}>
            <title>{`${name}: ${counted(here, "event")}`}</title>
          </path>
        );
      })}
    </g>
  );
}

interface DotsProps {
  places: OverviewPlace[];
  projection: GeoProjection;
  width: number;
  zoom: number;
  place?: string;
  onPlace(value: string): void;
}

function Dots({places, projection, width, zoom, place, onPlace}: DotsProps) {
  const most = Math.max(1, ...places.map((one) => one.events));
  // Small enough that neighbours in one country stay apart.
  const radius = scaleSqrt().domain([0, most]).range([1.5, Math.max(5, Math.min(9, width / 90))]);
  // Large ones first, so that small ones lie on top and can be pressed.
  const ordered = useMemo(() => [...places].sort((first, second) => second.events - first.events), [places]);
  return (
    <g>
      {ordered.filter((one) => one.events > 0).map((one) => {
        const at = projection([one.lon, one.lat]);
        if (!at) return null;
        const quad = dominantQuad(one.quads);
        return (
          <circle key={one.value} class={`dot quad-dot-${quad} ${one.value === place ? "chosen" : ""}`} cx={at[0]} cy={at[1]}
            r={radius(one.events) / zoom} onClick={() => onPlace(one.value)}>
            <title>{`${one.name}: ${counted(one.events, "event")}, most of them ${quadName(quad).toLowerCase()}`}</title>
          </circle>
        );
      })}
    </g>
  );
}

function Shades({most}: {most: number}) {
  if (most === 0) return null;
  return (
    <ul class="plain legend" aria-label="Shades of countries">
      <li>Events by country</li>
      {shadeRanges(most).map(({shade, low, high}) => (
        <li key={shade}>
          <span class={`swatch shade-${shade}`} aria-hidden="true" />{low === high ? count(low) : `${count(low)}–${count(high)}`}
        </li>
      ))}
      <li>Dots: places, in the colour of what most of their events are</li>
    </ul>
  );
}
