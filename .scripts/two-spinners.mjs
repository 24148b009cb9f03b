// ora can draw some ninety spinners, and brings all of them; these are the two that are drawn here.
import { dots, line } from '../node_modules/cli-spinners/spinners.json';

export default { dots, line };
