import GRDB
import GRDBSQLite
import CPQ
import Crypto
import Collections
