public enum CEL {}
