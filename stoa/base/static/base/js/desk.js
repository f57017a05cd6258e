// The entry module of the desk face.
import { start } from "./behaviours.js";

start();
