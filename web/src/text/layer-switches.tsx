import {lineHeight, lineImage} from "./highlights";
import {FLAT_LAYERS, LAYER_NAMES, LAYERS, type Layer} from "./layers";

interface Props {
  shown: ReadonlySet<Layer>;
  present: ReadonlySet<Layer>;
  onChange(shown: Set<Layer>): void;
}

/** The legend of the text's layers, each a switch. Layers that the article lacks are left out. */
export function LayerSwitches({shown, present, onChange}: Props) {
  const toggle = (layer: Layer) => {
    const next = new Set(shown);
    if (!next.delete(layer)) next.add(layer);
    onChange(next);
  };
  return (
    <div class="layer-switches" role="group" aria-label="Layers shown in the text">
      {LAYERS.filter((layer) => present.has(layer)).map((layer) => (
        <button key={layer} type="button" class="layer-switch" aria-pressed={shown.has(layer)} onClick={() => toggle(layer)}>
          <span class="layer-box" aria-hidden="true">{shown.has(layer) ? "✓" : ""}</span>
          <Swatch layer={layer} /> {LAYER_NAMES[layer]}
        </button>
      ))}
    </div>
  );
}

function Swatch({layer}: {layer: Layer}) {
  if (FLAT_LAYERS.includes(layer)) return <span class={`layer-swatch in-${layer}`} aria-hidden="true">abc</span>;
  const style = {backgroundImage: lineImage(layer), height: `${lineHeight(layer)}px`};
  return <span class="layer-swatch" style={style} aria-hidden="true" />;
}
