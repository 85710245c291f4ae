import { runMain } from "./run-main";
import { serve } from "./server";

runMain(() => serve({ mode: "start", host: null }));
