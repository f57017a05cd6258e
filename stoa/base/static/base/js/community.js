// The entry module of the community face.
import { start } from "./behaviours.js";

start();
