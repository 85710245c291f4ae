import { checkSteps } from "./check-steps";
import { runMain } from "./run-main";
import { runSteps } from "./steps";

runMain(() => runSteps(checkSteps));
