export declare const nodeHeaders: Record<string, string>;
