@main struct EspalierCommand { static func main() {} }
