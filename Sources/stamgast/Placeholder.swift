import ArgumentParser
import Histogram
import Hummingbird
@main struct Main { static func main() {} }
