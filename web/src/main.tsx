import {render} from "preact";
import {Shell} from "./shell";
import {interceptLinks} from "./state";
import {followSystem} from "./theme";

followSystem();
interceptLinks();
const page = document.getElementById("page");
if (page) render(<Shell />, page);
