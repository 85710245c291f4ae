import { runMain } from "./run-main";
import { serve } from "./server";

runMain(() => serve({ mode: "dev", host: "127.0.0.1" }));
