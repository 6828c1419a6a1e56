// swift-tools-version: 6.2
import PackageDescription

// A target may import only targets listed above it: see docs/architecture.md.

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let grdbSQLite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdTesting: Target.Dependency = .product(name: "HummingbirdTesting", package: "hummingbird")
let mustache: Target.Dependency = .product(name: "Mustache", package: "swift-mustache")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let httpClient: Target.Dependency = .product(name: "AsyncHTTPClient", package: "async-http-client")
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let jwtKit: Target.Dependency = .product(name: "JWTKit", package: "jwt-kit")
let collections: Target.Dependency = .product(name: "Collections", package: "swift-collections")
let histogram: Target.Dependency = .product(name: "Histogram", package: "hdrhistogram-swift")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let compression: Target.Dependency = .product(name: "NIOHTTPCompression", package: "swift-nio-extras")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")

let package = Package(
    name: "stamgast",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "CEL", targets: ["CEL"]),
        .executable(name: "stamgast", targets: ["stamgast"]),
    ],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    ],
    targets: [
        // System libraries
        .systemLibrary(name: "CPQ", path: "Sources/CPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(
            name: "CSQLiteSystem", path: "Sources/CSQLiteSystem", pkgConfig: "sqlite3",
            providers: [.apt(["libsqlite3-dev"])]),

        .systemLibrary(
            name: "CZlib", path: "Sources/CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(
            name: "CCurl", path: "Sources/CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),

        // Counts SQLite's disk operations, in the engine and in stamgast-limit alike.
        .target(
            name: "CSQLiteCount", dependencies: ["CSQLiteSystem"], linkerSettings: [.linkedLibrary("sqlite3")]),

        // Pure libraries: no I/O
        .target(
            name: "Primitives", swiftSettings: settings + [.enableExperimentalFeature("Lifetimes")]),
        .target(name: "CEL", swiftSettings: settings),
        .target(name: "Assignment", dependencies: ["Primitives", crypto], swiftSettings: settings),
        .target(name: "Anonymity", dependencies: ["Primitives", crypto], swiftSettings: settings),
        .target(name: "Recommending", dependencies: ["Primitives"], swiftSettings: settings),

        // Ground
        .target(name: "Settings", dependencies: ["Primitives", yams], swiftSettings: settings),
        .target(
            name: "Storage",
            dependencies: ["Primitives", "CPQ", "CSQLiteCount", grdb, grdbSQLite, crypto, collections],
            swiftSettings: settings),
        .target(name: "Vault", dependencies: ["Primitives", "Storage", crypto, cryptoExtras], swiftSettings: settings),
        .target(
            name: "Access", dependencies: ["Primitives", "Storage", "Vault", crypto, cryptoExtras, jwtKit],
            swiftSettings: settings),
        .target(name: "Mail", dependencies: ["Primitives", "CCurl"], swiftSettings: settings),

        // Domain
        .target(
            name: "Catalogue",
            dependencies: [
                "Primitives", "Storage", httpClient, nioCore, nioPosix, nioHTTP1, compression, crypto, collections,
            ],
            swiftSettings: settings),
        .target(
            name: "Loyalty",
            dependencies: ["Primitives", "CEL", "Assignment", "Storage", "Catalogue", yams, crypto, collections],
            resources: [.embedInCode("Resources")], swiftSettings: settings),
        .target(
            name: "Personalisation",
            dependencies: [
                "Primitives", "Anonymity", "Recommending", "Storage", "Vault", "Catalogue", "Loyalty", crypto,
                cryptoExtras,
            ], swiftSettings: settings),
        .target(
            name: "Simulation", dependencies: ["Primitives", "Assignment", "Loyalty"], swiftSettings: settings),
        .target(
            name: "Runtime",
            dependencies: [
                "Primitives", "Settings", "CEL", "Assignment", "Storage", "Vault", "Access", "Catalogue", "Loyalty",
                "Simulation", "Anonymity", "Recommending", "Personalisation",
                "CZlib", lifecycle, logging, httpClient, nioCore, nioHTTP1, crypto, cryptoExtras, collections,
            ], swiftSettings: settings),

        // Edges
        .target(
            name: "API",
            dependencies: [
                "Primitives", "CEL", "Storage", "Vault", "Access", "Catalogue", "Loyalty", "Runtime", hummingbird,
                "Personalisation", nioCore, httpTypes, logging, lifecycle,
            ], swiftSettings: settings),
        .target(
            name: "Site",
            dependencies: [
                "Primitives", "Storage", "Vault", "Access", "Catalogue", "Loyalty", "Runtime", hummingbird, mustache,
                nioCore, httpTypes, logging, lifecycle, crypto,
            ], resources: [.embedInCode("Resources")], swiftSettings: settings),
        .executableTarget(
            name: "stamgast",
            dependencies: [
                "Primitives", "CEL", "Assignment", "Settings", "Storage", "Vault", "Access", "Catalogue", "Loyalty",
                "Simulation", "Runtime", "API", "Site", argumentParser, hummingbird, lifecycle, unixSignals, logging,
                histogram, httpClient, "Mail", "Anonymity", "Recommending", "Personalisation",
                nioCore, nioPosix, nioHTTP1, httpTypes, crypto,
            ], resources: [.embedInCode("Resources/five.json")], swiftSettings: settings),

        // The machine's limit: the same rows, batches and fsyncs as the engine, in C.
        .executableTarget(
            name: "stamgast-limit", dependencies: ["CSQLiteSystem", "CSQLiteCount"], path: "Sources/stamgast-limit",
            linkerSettings: [.linkedLibrary("sqlite3")]),

        // Tests
        .target(
            name: "CPowerCut", dependencies: ["CSQLiteSystem"], path: "Tests/CPowerCut",
            linkerSettings: [.linkedLibrary("sqlite3")]),
        .target(
            name: "TestSupport", dependencies: ["Primitives", "Storage", "Vault", crypto], path: "Tests/TestSupport",
            swiftSettings: settings),
        .testTarget(name: "PrimitivesTests", dependencies: ["Primitives", "TestSupport"], swiftSettings: settings),
        .testTarget(name: "CELTests", dependencies: ["CEL"], swiftSettings: settings),
        .testTarget(name: "AssignmentTests", dependencies: ["Assignment", "TestSupport"], swiftSettings: settings),
        .testTarget(
            name: "AnonymityTests", dependencies: ["Anonymity", "TestSupport", crypto], swiftSettings: settings),
        .testTarget(name: "RecommendingTests", dependencies: ["Recommending", "TestSupport"], swiftSettings: settings),
        .testTarget(
            name: "PersonalisationTests",
            dependencies: [
                "Personalisation", "Anonymity", "Recommending", "Vault", "Storage", "Catalogue", "Loyalty",
                "Primitives",
                "TestSupport", crypto,
            ],
            swiftSettings: settings),
        .testTarget(name: "SettingsTests", dependencies: ["Settings"], swiftSettings: settings),
        .testTarget(
            name: "StorageTests", dependencies: ["Storage", "TestSupport", "CPowerCut", grdb], swiftSettings: settings),
        .testTarget(
            name: "VaultTests", dependencies: ["Vault", "TestSupport", crypto, cryptoExtras], swiftSettings: settings),
        .testTarget(
            name: "MailTests", dependencies: ["Mail", "Primitives", "TestSupport", nioCore, nioPosix],
            swiftSettings: settings),
        .testTarget(
            name: "AccessTests", dependencies: ["Access", "TestSupport", crypto, jwtKit],
            swiftSettings: settings),
        .testTarget(
            name: "CatalogueTests",
            dependencies: ["Catalogue", "TestSupport", httpClient, nioCore, nioPosix, nioHTTP1],
            swiftSettings: settings),
        .testTarget(name: "LoyaltyTests", dependencies: ["Loyalty", "CEL", "TestSupport"], swiftSettings: settings),
        .testTarget(
            name: "SimulationTests", dependencies: ["Simulation", "Loyalty", "TestSupport"], swiftSettings: settings),
        .testTarget(
            name: "RuntimeTests", dependencies: ["Runtime", "TestSupport"], exclude: ["Fixtures"],
            swiftSettings: settings),
        .testTarget(
            name: "APITests", dependencies: ["API", "TestSupport", hummingbirdTesting], swiftSettings: settings),
        .testTarget(
            name: "SiteTests",
            dependencies: [
                "Site", "Primitives", "TestSupport", hummingbird, hummingbirdTesting, lifecycle, logging, nioCore,
                crypto,
            ], swiftSettings: settings),
        .testTarget(
            name: "stamgastTests",
            dependencies: [
                "stamgast", "Primitives", "Settings", "Recommending", "TestSupport", httpClient, nioCore, nioHTTP1,
                logging,
            ], swiftSettings: settings),
    ]
)
