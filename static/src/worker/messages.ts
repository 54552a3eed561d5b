export type Kind = "warm";
