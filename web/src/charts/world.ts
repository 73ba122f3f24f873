// Shapes of countries: a coarse world first, a finer one once somebody looks closer.
import {useEffect, useState} from "preact/hooks";
import {feature} from "topojson-client";
import type {GeometryCollection, Topology} from "topojson-specification";
import type {Feature, Geometry} from "geojson";
import coarseUrl from "world-atlas/countries-110m.json?url";
import fineUrl from "world-atlas/countries-50m.json?url";
import {countryOfNumber} from "../labels";

export type CountryShape = Feature<Geometry, {name: string}> & {code?: string};

const loaded = new Map<string, Promise<CountryShape[]>>();

async function load(url: string): Promise<CountryShape[]> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`no map: ${response.status}`);
  const topology = (await response.json()) as Topology<{countries: GeometryCollection<{name: string}>}>;
  return feature(topology, topology.objects.countries).features.map((shape) => ({...shape, code: codeOf(shape)}));
}

// Kosovo has no number in the standard.
function codeOf(shape: Feature<Geometry, {name: string}>): string | undefined {
  if (shape.properties.name === "Kosovo") return "KOS";
  return shape.id === undefined ? undefined : countryOfNumber(String(shape.id).padStart(3, "0"));
}

export function useWorld(fine: boolean): {shapes: CountryShape[]; failed: boolean} {
  const [shapes, setShapes] = useState<CountryShape[]>([]);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let wanted = true;
    const url = fine ? fineUrl : coarseUrl;
    if (!loaded.has(url)) loaded.set(url, load(url));
    loaded.get(url)?.then((found) => wanted && setShapes(found), () => {
      loaded.delete(url);
      if (wanted && !fine) setFailed(true);
    });
    return () => void (wanted = false);
  }, [fine]);
  return {shapes, failed};
}
